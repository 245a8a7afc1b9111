import type { Database } from '../../platform/db/database.ts';
import { InterlockError } from '../../platform/error-codes.ts';
import type { Json } from '../../platform/json-text.ts';
import { bare } from '../../platform/server/expressions.ts';
import { BudgetError, isolated } from '../../platform/server/isolates/isolated.ts';
import { validateAgainst } from '../../platform/server/json-schema.ts';
import type { LoadedTool } from '../../tools/server/tool-service.ts';
import { addUse, lockRates, type RateUse, type RateUses, readRates, removeUse } from '../db/policy-rates.ts';
import {
  type Caller,
  decide,
  type Finding,
  isAbout,
  type Policy,
  type PolicyTool,
  unmetByCaller,
} from '../decide.ts';
import { type PolicyDecision, ratePeriods } from '../policy-schemas.ts';
import { compareHere } from './compare-here.ts';
import * as inIsolate from './evaluate-conditions.ts';
import { policySetOf } from './policy-set.ts';

const module = new URL('./evaluate-conditions.ts', import.meta.url).href;
const evaluateThere = isolated(inIsolate.evaluateConditions, module);
const conditionCpuMs = 250;

/** What the policies of a tenant say about one call, before its rates are counted. */
export interface Judged {
  /** Of the policies that were asked. */
  revision: number;
  findings: Finding[];
}

type Context = { db: Database };

/**
 * Asks every policy in force that is about the tool. Only conditions cost more than a look: those of policies that concern
 * the caller at this time are evaluated in isolates.
 * @param input clear
 */
export async function judgeCall(
  { db }: Context,
  tool: LoadedTool,
  input: Json,
  caller: Caller,
): Promise<Judged> {
  const { revision, policies } = await policySetOf(db, tool.loadedForId, tool.policyRevision);
  return { revision, findings: await judge(policies, tool, input, caller, tool.loadedForId) };
}

/** The same for policies that may not be in force. */
export function judge(
  policies: readonly Policy[],
  tool: PolicyTool,
  input: Json,
  caller: Caller,
  tenantId: string,
): Promise<Finding[]> {
  const about = policies.filter((policy) => isAbout(policy.tools, tool));
  return Promise.all(
    about.map(async (policy): Promise<Finding> => {
      const unmet = unmetByCaller(policy, caller);
      return unmet ? { policy, unmet } : { policy, ...(await judgeInput(policy, input, tenantId)) };
    }),
  );
}

async function judgeInput(
  { when, schema }: Policy,
  input: Json,
  tenantId: string,
): Promise<Omit<Finding, 'policy'>> {
  if (when !== undefined) {
    const holds = compareHere(bare(when), input) ?? (await evaluateAll(when, [input], tenantId))[0]!;
    if (typeof holds !== 'boolean') return { unmet: null, problem: holds.problem };
    if (!holds) return { unmet: 'when' };
  }
  if (schema !== undefined) {
    const issues = await validateAgainst(schema, input, tenantId);
    // Of the validator itself: the value could not be judged.
    if (issues.some(({ keyword }) => keyword === 'schema'))
      return { unmet: null, problem: 'takes too long to check' };
    if (issues.length > 0) return { unmet: 'schema' };
  }
  return { unmet: null };
}

/** A condition for each of these inputs, in one isolate. */
export async function evaluateAll(
  when: string,
  inputs: Json[],
  tenantId: string,
  cpuMs = conditionCpuMs,
): Promise<inIsolate.Evaluated[]> {
  try {
    return await evaluateThere({ cpuMs, tenantId }, bare(when), inputs);
  } catch (error) {
    if (!(error instanceof BudgetError)) throw error;
    return inputs.map(() => ({ problem: error.message }));
  }
}

const isRated = ({ findings }: Pick<Judged, 'findings'>): boolean =>
  findings.some(({ policy, unmet }) => policy.rate !== undefined && unmet === null);

/** @param hasRoom whether the rate of a policy has room for one more call */
function withRates(findings: readonly Finding[], hasRoom: (policy: Policy) => boolean): Finding[] {
  return findings.map((finding) => {
    const { policy, unmet, problem } = finding;
    if (policy.rate === undefined || unmet !== null || problem !== undefined) return finding;
    return { policy, unmet: hasRoom(policy) === (policy.effect === 'allow') ? null : 'rate' };
  });
}

const ratedIds = ({ findings }: Judged): string[] =>
  findings.flatMap(({ policy, unmet }) => (policy.rate && unmet === null ? [policy.id] : []));

function roomBy({ uses, now }: RateUses): (policy: Policy) => boolean {
  return ({ id, rate }) => {
    if (!rate) return true;
    const since = now - ratePeriods[rate.per];
    return (uses.get(id) ?? []).filter((at) => at > since).length < rate.limit;
  };
}

export interface CallDecision {
  decision: PolicyDecision;
  /** Of the policies that decided. */
  revision: number;
  /** The call is not made: it no longer counts in the rates that concerned it. Never rejects. */
  giveBack(): Promise<void>;
}

/** The decision on a call that is about to be written: it counts in the rates that concern it, unless it is denied. */
export async function decideCall(
  { db }: Context,
  tool: LoadedTool,
  input: Json,
  caller: Caller,
): Promise<CallDecision> {
  const judged = await judgeCall({ db }, tool, input, caller);
  const { revision } = judged;
  if (!isRated(judged)) return { decision: decide(judged.findings), revision, giveBack: async () => {} };
  const tenantId = tool.loadedForId;
  const uses: RateUse[] = [];
  const decision = await db.tenantTransaction(tenantId, async (connection) => {
    const hasRoom = roomBy(await lockRates(connection, ratedIds(judged)));
    const decided = decide(withRates(judged.findings, hasRoom));
    if (decided.effect === 'deny') return decided;
    for (const { policy, unmet } of judged.findings)
      if (policy.rate && unmet === null && hasRoom(policy))
        uses.push(await addUse(connection, policy.id, policy.rate.limit));
    return decided;
  });
  return {
    decision,
    revision,
    giveBack: () =>
      db
        .tenant(tenantId, async (connection) => {
          for (const use of uses.splice(0)) await removeUse(connection, use);
        })
        .catch(() => {}),
  };
}

/** The decision on a call that is not made now: nothing is counted. */
export async function decideWithoutCount(
  { db }: Context,
  tenantId: string,
  judged: Judged,
): Promise<PolicyDecision> {
  return decide(await withLooks({ db }, tenantId, judged));
}

/** What was found, with the rates as they are now. */
export async function withLooks({ db }: Context, tenantId: string, judged: Judged): Promise<Finding[]> {
  if (!isRated(judged)) return judged.findings;
  const uses = await db.tenant(tenantId, (connection) => readRates(connection, ratedIds(judged)));
  return withRates(judged.findings, roomBy(uses));
}

/** The decision on a call that was decided before, and counted then. */
export function decideAgain({ findings }: Judged, before: PolicyDecision | null): PolicyDecision {
  return decide(withRates(findings, ({ id, effect }) => effect === 'allow' || before?.policyId !== id));
}

/** @throws InterlockError `denied` */
export function refuseDenied({ effect, policyId, policyName, reason }: PolicyDecision): void {
  if (effect !== 'deny') return;
  throw new InterlockError('denied', `${reason} Nothing was sent.`, { details: { policyId, policyName } });
}
