import { randomBytes } from 'node:crypto';
import type { ShownCall } from '../../executions/preview-schemas.ts';
import { callFacts, prepareCall } from '../../executions/server/prepare-execution.ts';
import type { PreparedCall } from '../../executions/server/prepared-call.ts';
import { shownCall } from '../../executions/server/shown-call.ts';
import { InterlockError, type Issue } from '../../platform/error-codes.ts';
import type { JsonValue } from '../../platform/json.ts';
import { ExpressionError, type ExpressionScope } from '../../platform/server/expressions.ts';
import { makeStorable } from '../../platform/server/json-schema.ts';
import type { RunRow } from '../db/playbook-runs.ts';
import { isStepFinal, isStepOpen, listStepRuns, type StepRow } from '../db/step-runs.ts';
import type { CoveredCall, Covers } from '../db/tables.ts';
import type { PlacedStep } from '../playbook-document.ts';
import { stepOutcomes } from '../steps/registry.ts';
import { templateAt } from '../steps/step-definition.ts';
import { callOf, coveredBy, type Placement, placementOf, stepsReadBy } from './checks/covers.ts';
import { type Expressions, publishedExpressions } from './checks/read-expressions.ts';
import { resolvePlace } from './dry-run-values.ts';
import { changeWords, hiddenChange, requestChanges } from './request-changes.ts';
import type { PlaybookContext } from './run-context.ts';
import { loadDocument } from './run-document.ts';
import { loadScope } from './run-scope.ts';
import { expressionFailed } from './step-rules.ts';
import type { ToolRequest } from './step-runner.ts';
import { runnerOf } from './step-runners.ts';
import { usableStepTool } from './step-tool.ts';

/** A run as it is now: everything that decides what its calls would send. */
export interface RunNow {
  run: RunRow;
  placement: Placement;
  rows: ReadonlyMap<string, StepRow>;
  scope: ExpressionScope;
  /** The expressions of its document. */
  expressions: Expressions;
}

export async function loadRunNow({ db }: Pick<PlaybookContext, 'db'>, run: RunRow): Promise<RunNow> {
  const { document, ...loaded } = await db.tenant(run.tenant_id, async (connection) => ({
    document: await loadDocument(connection, run),
    rows: new Map((await listStepRuns(connection, [run.id])).map((row) => [row.step_id, row])),
    scope: await loadScope(connection, run),
  }));
  const expressions = await publishedExpressions(document, run.tenant_id);
  return { run, placement: placementOf(document), ...loaded, expressions };
}

export const placedIn = ({ placement }: RunNow, stepId: string): PlacedStep => placement.byId.get(stepId)!;

/** A call as it would be sent now, or why that is not known. */
export type CallNow = { call: PreparedCall } | { problem: string; issues: Issue[] };

/** The call that completing this step would request now, with its stored input or the one that its template gives. */
export async function callNow(context: PlaybookContext, now: RunNow, { step }: PlacedStep): Promise<CallNow> {
  try {
    const request = await requestNow(context, now, step);
    return 'problem' in request
      ? request
      : { call: await prepareCall(context, request.tool, request.payload) };
  } catch (error) {
    if (error instanceof ExpressionError) return { problem: `${error.message} (${error.path}).`, issues: [] };
    if (!(error instanceof InterlockError) || error.code === 'internal' || error.code === 'unavailable')
      throw error;
    return { problem: error.message, issues: error.issues ?? [] };
  }
}

async function requestNow(
  context: PlaybookContext,
  { run, placement, rows, scope, expressions }: RunNow,
  step: PlacedStep['step'],
): Promise<ToolRequest | { problem: string; issues: Issue[] }> {
  const row = rows.get(step.id);
  if (row && row.failure_code !== expressionFailed) {
    const outcome = stepOutcomes(step).find(({ byDefault }) => byDefault)?.id ?? '';
    const chosen = { context, run, row, outcome, sent: undefined };
    const request = await runnerOf(step).toolRequest?.(step, chosen);
    if (request) return request;
  }
  const call = callOf(step)!;
  const open = placement.placed.map((each) => each.step.id).filter((id) => !hasEnded(rows.get(id)));
  const unanswered = new Set(open);
  const place = templateAt(`${call.path}/input`, call.input);
  const { value, holes } = await resolvePlace(
    { scope, unanswered, expressions, tenantId: run.tenant_id },
    place,
  );
  if (holes.size > 0) {
    const read = stepsReadBy(step, expressions).filter((id) => id !== null && unanswered.has(id));
    const which = [...new Set(read)].join(', ') || 'other steps';
    return { problem: `Not known yet: the input depends on ${which}.`, issues: [] };
  }
  return { tool: await usableStepTool(context, run, call), payload: value ?? {} };
}

const hasEnded = (row: StepRow | undefined): boolean => row !== undefined && isStepFinal(row);

/** Whether this is the call that the approval shows: the same request, hidden values included. */
export const isShown = (
  context: Pick<PlaybookContext, 'digest'>,
  shown: CoveredCall | undefined,
  call: PreparedCall,
): boolean => shown !== undefined && shown.digest === digestOf(context, shown, call);

function digestOf(
  { digest }: Pick<PlaybookContext, 'digest'>,
  { nonce, stepId }: Pick<CoveredCall, 'nonce' | 'stepId'>,
  call: PreparedCall,
): string {
  return digest('preview', { approval: nonce, stepId, call: callFacts(call) });
}

/** An input that someone wants to send with one of the calls. */
export interface Proposal {
  stepId: string;
  call: PreparedCall;
  /** Null: the stored input is sent. */
  by: { id: string; person: string | null } | null;
}

/**
 * What an approval covers now. The same object as `before` when nothing has changed since; null when it covers no call.
 * @param since the requests of `before` were approved, or needed no approval: `changes` is the difference from them
 */
export async function findCovers(
  context: PlaybookContext,
  now: RunNow,
  approval: PlacedStep,
  before: Covers | null,
  { proposal, since = null }: { proposal?: Proposal; since?: CoveredCall['since'] | null } = {},
): Promise<Covers | null> {
  const calls: CoveredCall[] = [];
  for (const placed of coveredBy(approval, now.placement)) {
    const row = now.rows.get(placed.step.id);
    const earlier = before?.calls.find(({ stepId }) => stepId === placed.step.id);
    if (row && !isStepOpen(row)) {
      // It has run, or is running: nothing more to approve.
      if (earlier) calls.push(earlier);
      continue;
    }
    const found = proposal?.stepId === placed.step.id ? proposal : await callNow(context, now, placed);
    calls.push(
      isUnchanged(context, earlier, found) ? earlier : coveredCall(context, placed, found, earlier, since),
    );
  }
  if (calls.length === (before?.calls.length ?? 0) && calls.every((each) => before?.calls.includes(each)))
    return before;
  const proposers = [...(before?.proposers ?? []), ...(proposal?.by ? [proposal.by] : [])];
  return {
    digest: context.digest('preview', { approval: calls.map(({ nonce, digest }) => [nonce, digest]) }),
    calls,
    proposers: [...new Map(proposers.map((each) => [each.id, each])).values()],
  };
}

function isUnchanged(
  context: PlaybookContext,
  earlier: CoveredCall | undefined,
  found: CallNow,
): earlier is CoveredCall {
  return 'call' in found ? isShown(context, earlier, found.call) : earlier?.problem === found.problem;
}

function coveredCall(
  context: PlaybookContext,
  { step: { id: stepId, title } }: PlacedStep,
  found: CallNow,
  earlier: CoveredCall | undefined,
  since: CoveredCall['since'] | null,
): CoveredCall {
  const nonce = randomBytes(16).toString('hex');
  const base = (since ? null : earlier?.base) ?? earlier?.preview ?? null;
  const common = { stepId, title, nonce, base, since: since ?? earlier?.since ?? ('shown' as const) };
  if (!('call' in found))
    return {
      ...common,
      digest: null,
      preview: null,
      problem: found.problem,
      issues: found.issues,
      changes: [],
    };
  const shown = shownCall(found.call) as unknown as JsonValue;
  const preview = makeStorable(shown) as unknown as ShownCall;
  const changes = base ? requestChanges(base, preview) : [];
  const looksSame = earlier?.preview && requestChanges(earlier.preview, preview).length === 0;
  return {
    ...common,
    digest: digestOf(context, common, found.call),
    preview,
    problem: null,
    issues: [],
    changes: looksSame ? [...changes, hiddenChange] : changes,
  };
}

/** Where the requests differ from those before. Values stay out of events and errors. */
export function coversWords(covers: Covers | null): string {
  const changed = covers?.calls.filter(({ changes }) => changes.length > 0) ?? [];
  if (changed.length === 0) return 'The requests that it covers are known now.';
  const since = changed.some((call) => call.since === 'approved') ? 'approved' : 'shown';
  return `Changed since it was ${since}: ${changeWords(changed.flatMap(({ changes }) => changes))}.`;
}
