import { setImmediate as nextTurn } from 'node:timers/promises';
import { z } from 'zod';
import type { ReadContext } from '../../events/server/change-context.ts';
import type { Database } from '../../platform/db/database.ts';
import { InterlockError } from '../../platform/error-codes.ts';
import type { JsonValue } from '../../platform/json.ts';
import { validateAgainst } from '../../platform/server/json-schema.ts';
import { pageFrom, readCursor, writeCursor } from '../../platform/server/paging.ts';
import {
  type Caller,
  decide,
  type Finding,
  isAbout,
  type Policy,
  unmetByCaller,
} from '../../policies/decide.ts';
import { checkPolicy, readCondition } from '../../policies/server/check-policy.ts';
import type { ConditionFacts, Evaluated } from '../../policies/server/evaluate-conditions.ts';
import { evaluateAll } from '../../policies/server/judge-call.ts';
import { readStoredPolicies } from '../../policies/server/policy-set.ts';
import type { Replay, replayInputSchema } from '../../policies/simulation-schemas.ts';
import { type LoadedTool, loadTool } from '../../tools/server/tool-service.ts';
import { listForReplay, type ReplayRow } from '../db/executions-replay.ts';
import { redactedPaths } from '../redacted-paths.ts';

const replayDays = 30;
/** Of a condition for the inputs of a page. */
const pageCpuMs = 1000;

type Unjudged = keyof Replay['unjudged'];

/** An execution with what decides about it. */
interface Past {
  row: ReplayRow;
  tool: LoadedTool;
  caller: Caller;
  /** The top-level fields that hold a redacted value; `''`: the input itself. */
  redacted: string[];
}

/**
 * A page of the executions of the last 30 days, and what a changed policy would have decided otherwise than the policies
 * in force do now. It reads rows and calls nothing; conditions run in isolates.
 * @throws InterlockError `not_found`, `invalid_definition`, or `invalid_input` for an invalid cursor
 */
export async function replayPolicy(
  context: ReadContext,
  { policy: sent, policyId, limit, cursor }: z.output<typeof replayInputSchema>,
): Promise<Replay> {
  const { services, identity } = context;
  const { db } = services;
  const { tenantId } = identity;
  const before = cursor === undefined ? null : readCursor(cursor, z.tuple([z.uuid()]))[0];
  const stored = await db.tenant(tenantId, readStoredPolicies);
  const { replaced, next } = await changeOf(context, stored, sent, policyId);
  const changed = [replaced, next].filter((each) => each !== null);
  const ids = changed.flatMap(({ tools }) => tools.id ?? []);
  const rows = await db.tenant(tenantId, (connection) =>
    listForReplay(connection, {
      before,
      toolIds: ids.length === changed.length ? ids : null,
      days: replayDays,
      limit: limit + 1,
    }),
  );
  const page = pageFrom(
    rows,
    limit,
    ({ id }) => writeCursor([id]),
    (row) => row,
  );
  const now = stored.filter(({ enabled }) => enabled);
  const then = [...now.filter(({ id }) => id !== policyId), ...(next?.enabled ? [next] : [])];
  const found = await judgePage(db, tenantId, page.items, { now, then, changed });
  return {
    examined: page.items.length,
    ...found,
    ignoresRates: [...now, ...then].some(({ rate }) => rate !== undefined),
    nextCursor: page.nextCursor,
  };
}

/** @throws InterlockError `not_found`, `invalid_definition` or `invalid_input` */
async function changeOf(
  context: ReadContext,
  policies: readonly Policy[],
  sent: Record<string, unknown> | undefined,
  policyId: string | undefined,
): Promise<{ replaced: Policy | null; next: Policy | null }> {
  const replaced = policyId === undefined ? null : policies.find(({ id }) => id === policyId);
  if (replaced === undefined) throw new InterlockError('not_found', 'Policy not found.');
  if (sent === undefined && replaced === null)
    throw new InterlockError('invalid_input', 'Send a policy, the ID of one, or both.');
  const next = sent === undefined ? null : { ...(await checkPolicy(context, sent)), id: policyId ?? 'new' };
  return { replaced, next };
}

interface Sets {
  now: readonly Policy[];
  then: readonly Policy[];
  /** What the change is about, before and after. */
  changed: readonly Policy[];
}

async function judgePage(
  db: Database,
  tenantId: string,
  rows: readonly ReplayRow[],
  { now, then, changed }: Sets,
): Promise<Pick<Replay, 'changed' | 'unjudged'>> {
  const pasts = (await loadPasts(db, tenantId, rows)).filter(({ tool }) =>
    changed.some(({ tools }) => isAbout(tools, tool)),
  );
  const holds = await evaluatePage([...new Set([...now, ...then])], pasts, tenantId);
  const found: Pick<Replay, 'changed' | 'unjudged'> = {
    changed: [],
    unjudged: { redacted: 0, dropped: 0, roles: 0, failed: 0 },
  };
  for (const past of pasts) {
    const verdicts = [now, then].map((set) => decidePast(set, past, holds));
    const unjudged = verdicts.find((verdict) => typeof verdict === 'string');
    if (unjudged !== undefined) {
      found.unjudged[unjudged] += 1;
      continue;
    }
    const [before, after] = verdicts.filter((verdict) => typeof verdict === 'object');
    if (!before || !after || isSameDecision(before, after)) continue;
    const { row } = past;
    found.changed.push({
      executionId: row.id,
      toolName: row.tool_name,
      actorName: row.requested_by_actor_name,
      createdAt: row.created_at.toISOString(),
      before: { effect: before.effect, policyName: before.policyName },
      after: { effect: after.effect, policyName: after.policyName, reason: after.reason },
    });
  }
  return found;
}

type Verdict = ReturnType<typeof decide>;

const isSameDecision = (one: Verdict, other: Verdict): boolean =>
  one.effect === other.effect && JSON.stringify(one.approval) === JSON.stringify(other.approval);

async function loadPasts(db: Database, tenantId: string, rows: readonly ReplayRow[]): Promise<Past[]> {
  const tools = new Map<string, LoadedTool | null>();
  for (const { tool_id } of rows)
    if (!tools.has(tool_id)) tools.set(tool_id, await loadTool(db, tenantId, tool_id));
  return rows.flatMap((row) => {
    const tool = tools.get(row.tool_id);
    if (!tool) return [];
    const paths = redactedPaths(row.input?.value ?? null);
    return [
      {
        row,
        tool: { ...tool, connectorId: row.connector_id },
        caller: { roles: row.requested_by_roles, at: row.created_at },
        redacted: paths.map((path) => path.split('/')[1] ?? ''),
      },
    ];
  });
}

/** Whether the input of an execution meets a policy, or why that is not known. */
type Holds = (policy: Policy, past: Past) => Evaluated | Unjudged;

/** Evaluates each condition once, for all inputs of the page that it concerns. */
async function evaluatePage(
  policies: readonly Policy[],
  pasts: readonly Past[],
  tenantId: string,
): Promise<Holds> {
  const found = new Map<Policy, Map<Past, Evaluated | Unjudged>>();
  for (const policy of policies) {
    const { when, schema } = policy;
    if (when === undefined && schema === undefined) continue;
    const facts = when === undefined ? null : await readCondition(when, tenantId);
    const results = new Map<Past, Evaluated | Unjudged>();
    found.set(policy, results);
    const concerned = pasts.filter(
      (past) => isAbout(policy.tools, past.tool) && unmetByCaller(policy, past.caller) === null,
    );
    const known: { past: Past; value: JsonValue }[] = [];
    for (const past of concerned) {
      if (!past.row.input) results.set(past, 'dropped');
      else if (past.redacted.some((field) => reads(field, facts, schema))) results.set(past, 'redacted');
      else known.push({ past, value: past.row.input.value });
    }
    const values = known.map(({ value }) => value);
    const held = when === undefined ? [] : await evaluateAll(when, values, tenantId, pageCpuMs);
    for (const [index, { past, value }] of known.entries()) {
      const byWhen = when === undefined ? true : held[index]!;
      results.set(past, byWhen === true && schema ? await matches(schema, value, tenantId) : byWhen);
      if (index % 50 === 49) await nextTurn();
    }
  }
  return (policy, past) => found.get(policy)?.get(past) ?? true;
}

async function matches(
  schema: Record<string, unknown>,
  value: JsonValue,
  tenantId: string,
): Promise<Evaluated> {
  return (await validateAgainst(schema, value, tenantId)).length === 0;
}

/** Whether a condition may read this field. A schema may read all of them. */
function reads(field: string, facts: ConditionFacts | null, schema: object | undefined): boolean {
  if (schema !== undefined || field === '') return true;
  return facts !== null && !('problem' in facts) && (facts.whole || facts.fields.includes(field));
}

function decidePast(policies: readonly Policy[], past: Past, holds: Holds): Verdict | Unjudged {
  const { tool, caller } = past;
  const findings: Finding[] = [];
  for (const policy of policies) {
    if (!isAbout(policy.tools, tool)) continue;
    if (caller.roles === null && policy.roles.length > 0) return 'roles';
    const unmet = unmetByCaller(policy, caller);
    const held = unmet ? true : holds(policy, past);
    if (typeof held === 'string') return held;
    if (typeof held === 'object') return 'failed';
    findings.push({ policy, unmet: unmet ?? (held ? unmetByRate(policy) : 'when') });
  }
  return decide(findings);
}

/** Every call counts as the first of its period. */
const unmetByRate = ({ rate, effect }: Policy): Finding['unmet'] =>
  rate !== undefined && effect !== 'allow' ? 'rate' : null;
