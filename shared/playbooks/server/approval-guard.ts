import { prepareCall } from '../../executions/server/prepare-execution.ts';
import type { PreparedCall } from '../../executions/server/prepared-call.ts';
import type { TenantConnection } from '../../platform/db/database.ts';
import { InterlockError } from '../../platform/error-codes.ts';
import { ExpressionError, evaluateCondition } from '../../platform/server/expressions.ts';
import { type RunRow, readRun } from '../db/playbook-runs.ts';
import type { CompletionRow } from '../db/step-completions.ts';
import { isStepFinal, readStepRun, type StepChange, type StepRow } from '../db/step-runs.ts';
import type { Covers } from '../db/tables.ts';
import type { PlacedStep } from '../playbook-document.ts';
import { definitionOf } from '../steps/registry.ts';
import { callNow, findCovers, isShown, loadRunNow, type Proposal, type RunNow } from './approval-covers.ts';
import { humanColumns } from './assignees.ts';
import { approvalsOver, asksAbout, callOf, placementOf } from './checks/covers.ts';
import type { Opening } from './evaluate-opening.ts';
import type { StepSituation } from './find-step.ts';
import { changeWords } from './request-changes.ts';
import { type PlaybookContext, playbookActor } from './run-context.ts';
import { loadDocument } from './run-document.ts';
import { expressionFailed, notApproved, peopleOf, stuckColumns } from './step-rules.ts';
import type { Cause, StepEffect, ToolRequest } from './step-runner.ts';
import type { Refusal } from './step-subject.ts';
import { changeStep, eventsOf, type Transition, writeStep } from './step-transitions.ts';

/** An approval is what runs: a covered call is sent only when it is the request that its approvals show. */

/** One approval of a call, as it stands for the request that the call would send. */
interface Standing {
  approval: PlacedStep;
  row: StepRow;
  /**
   * `passed`: its condition is still not met, so this request needs no approval. `changed`: it was never approved, or
   * another request was.
   */
  kind: 'approved' | 'passed' | 'waiting' | 'rejected' | 'changed';
}

/** A change of an approval, valid as long as its row is the one that was seen. */
interface ApprovalChange {
  row: StepRow;
  transition: Transition;
}

/** What must still hold under the lock of the rows. */
export type Recheck = (row: StepRow, connection: TenantConnection) => Promise<Refusal | null>;

/** Adds to the opening of a step what it covers, or what its approvals say about its call. */
export async function withApprovals(
  context: PlaybookContext,
  { run, step }: Opening,
  effect: StepEffect,
): Promise<StepEffect> {
  const { change } = effect;
  if (change.status !== 'waiting' || change.failure_code === expressionFailed) return effect;
  if (definitionOf(step).covers(step) !== null) {
    const now = await loadRunNow(context, run);
    const before = now.rows.get(step.id)?.covers ?? null;
    return {
      ...effect,
      change: { ...change, covers: await findCovers(context, now, placedIn(now, step.id), before) },
    };
  }
  if (!callOf(step) || (await approvalsOf(context, { run, step })).length === 0) return effect;
  const now = await loadRunNow(context, run);
  // The step opens now: an earlier opening that failed says nothing.
  const opened = { ...now, rows: new Map([...now.rows].filter(([id]) => id !== step.id)) };
  const found = await callNow(context, opened, placedIn(now, step.id));
  const call = 'call' in found ? found.call : null;
  const standings = await standingsOf(context, opened, step.id, call, true);
  const rejected = standings.find(({ kind }) => kind === 'rejected');
  if (rejected) {
    const reason = `${rejected.row.title} was rejected by ${rejected.row.completed_by_name ?? 'no one'}.`;
    return { change: { status: 'skipped', outcome: notApproved, reason } };
  }
  if (!call) return effect;
  const proposal = { stepId: step.id, call, by: null };
  const changes = await changesOf(context, opened, standings, proposal, { actor: playbookActor });
  const missing = standings.find(({ kind }) => kind === 'changed' || kind === 'waiting');
  return {
    ...effect,
    change: missing
      ? { ...change, failure_code: notApproved, failure_message: whyNot(missing, step.id) }
      : change,
    also: async (connection) => {
      await effect.also?.(connection);
      await writeApprovals(connection, run.id, changes);
    },
  };
}

/**
 * Makes sure that the approvals of a call approved exactly this request. Otherwise they open again with the difference,
 * and the input that was sent becomes the step's input, so that people approve it.
 * @returns what must still hold under the lock; null when no approval covers the call
 * @throws InterlockError `not_approved`
 */
export async function requireApproval(
  context: PlaybookContext,
  { run, step, row }: StepSituation,
  { request, completion, by }: { request: ToolRequest; completion: CompletionRow; by: Cause },
): Promise<Recheck | null> {
  if (request.probe || (await approvalsOf(context, { run, step })).length === 0) return null;
  const now = await loadRunNow(context, run);
  const call = await prepareCall(context, request.tool, request.payload);
  const standings = await standingsOf(context, now, step.id, call, false);
  const missing = standings.find(({ kind }) => kind !== 'approved' && kind !== 'passed');
  if (!missing) return (_, connection) => approvalsChanged(connection, run.id, standings);
  const sent = completion.input !== null || completion.input_sealed !== null;
  const proposer = { id: by.actor.id, person: by.person ?? null };
  const proposal = { stepId: step.id, call, by: sent ? proposer : null };
  const changes = await changesOf(context, now, standings, proposal, by);
  const message = `Not sent. ${whyNot(missing, step.id)}`;
  if (changes.length > 0) {
    const input = sent ? { input: completion.input, input_sealed: completion.input_sealed, issues: [] } : {};
    const change: StepChange = { failure_code: notApproved, failure_message: message, ...input };
    const address = { tenantId: run.tenant_id, runId: run.id, stepId: step.id };
    await changeStep(context, address, async ({ row: locked }, connection) => {
      const isSame = locked.updated_at.getTime() === row.updated_at.getTime();
      if (!isSame || (await approvalsChanged(connection, run.id, standings)))
        throw new InterlockError('conflict', 'Not sent. The step has changed meanwhile. Try again.');
      return { change, by, events: [], also: (each) => writeApprovals(each, run.id, changes) };
    });
  }
  throw new InterlockError('not_approved', message);
}

/**
 * Makes sure that a vote is for the requests as they are now. Otherwise the approval shows the new ones, and earlier votes
 * no longer count.
 * @returns what must still hold under the lock
 * @throws InterlockError `preview_changed`
 */
export async function requireShown(
  context: PlaybookContext,
  { run, step, row }: StepSituation,
  { completion, by }: { completion: CompletionRow; by: Cause },
): Promise<Recheck | null> {
  if (definitionOf(step).covers(step) === null || completion.outcome !== 'approved') return null;
  const now = await loadRunNow(context, run);
  const covers = await findCovers(context, now, placedIn(now, step.id), row.covers);
  if (covers !== row.covers) {
    const reason = coversWords(covers);
    await changeStep(
      context,
      { tenantId: run.tenant_id, runId: run.id, stepId: step.id },
      ({ row: locked }) =>
        isSameApproval(locked, row)
          ? { change: { covers }, by, events: [{ type: 'StepReopened', data: { reason } }] }
          : null,
    );
    throw new InterlockError('preview_changed', `Not approved. ${reason} Read the requests again.`);
  }
  const outdated: Refusal = {
    code: 'preview_changed',
    message: 'Not approved. The requests have changed since they were shown. Read them again.',
  };
  return async (locked) =>
    isSameApproval(locked, row) && completion.preview_digest === (covers?.digest ?? null) ? null : outdated;
}

/**
 * Carries the decision on an approval to the open calls that it covers: an approval that opened again lies behind the run,
 * which waits at its calls. Under the lock of the run.
 */
export async function settleCovered(
  connection: TenantConnection,
  run: RunRow,
  approval: StepRow,
  { status, reason }: Pick<Transition['change'], 'status' | 'reason'>,
  outcome: string | null | undefined,
  by: Cause,
): Promise<void> {
  if (!status || !isStepFinal({ status })) return;
  const refused = status === 'failed' || outcome === 'rejected';
  for (const { stepId } of approval.covers?.calls ?? []) {
    const row = await readStepRun(connection, run.id, stepId, 'lock');
    if (row?.status !== 'waiting') continue;
    if (!refused && row.failure_code !== notApproved) continue;
    const words = `${approval.title} was rejected by ${by.actor.name}${reason ? `: ${reason}` : '.'}`;
    const change: StepChange = refused
      ? { status: status === 'failed' ? 'failed' : 'skipped', outcome: notApproved, reason: words }
      : {};
    await writeStep(connection, run, row, {
      change: { failure_code: null, failure_message: null, ...change },
      by,
      events: change.status ? eventsOf(change.status, { reason: words }) : [],
    });
  }
}

async function approvalsOf(
  { db }: Pick<PlaybookContext, 'db'>,
  { run, step }: Pick<StepSituation, 'run' | 'step'>,
): Promise<PlacedStep[]> {
  const document = await db.tenant(run.tenant_id, (connection) => loadDocument(connection, run));
  return approvalsOver(step.id, placementOf(document));
}

const placedIn = ({ placement }: RunNow, stepId: string): PlacedStep => placement.byId.get(stepId)!;

/**
 * @param call null: it cannot be sent as it is, so only a rejection matters
 * @param opening the input comes from the playbook, so the condition of an approval can judge it
 */
async function standingsOf(
  context: PlaybookContext,
  now: RunNow,
  stepId: string,
  call: PreparedCall | null,
  opening: boolean,
): Promise<Standing[]> {
  const standings: Standing[] = [];
  for (const approval of approvalsOver(stepId, now.placement)) {
    const row = now.rows.get(approval.step.id);
    // Without a row, the run has taken another path.
    if (row) standings.push({ approval, row, kind: await standing(approval, row) });
  }
  return standings;

  async function standing({ step }: PlacedStep, row: StepRow): Promise<Standing['kind']> {
    if (row.status === 'failed' || (row.status === 'completed' && row.outcome === 'rejected'))
      return asksAbout(placedIn(now, stepId).step, step.id) ? 'approved' : 'rejected';
    const shown = row.covers?.calls.find((each) => each.stepId === stepId);
    if (call === null || isShown(context, shown, call)) return isStepFinal(row) ? 'approved' : 'waiting';
    const wasSkipped = row.status === 'skipped' && row.outcome === 'condition';
    if (wasSkipped && (opening || row.covers === null) && !(await isMet(step.when))) return 'passed';
    return 'changed';
  }

  /** A condition that cannot be evaluated needs the approval. */
  async function isMet(condition: string | undefined): Promise<boolean> {
    try {
      return condition === undefined || (await evaluateCondition(condition, now.scope, '/when'));
    } catch (error) {
      if (error instanceof ExpressionError) return true;
      throw error;
    }
  }
}

/** The approvals that open again or show another request. */
async function changesOf(
  context: PlaybookContext,
  now: RunNow,
  standings: readonly Standing[],
  proposal: Proposal,
  by: Cause,
): Promise<ApprovalChange[]> {
  const changes: ApprovalChange[] = [];
  for (const { approval, row, kind } of standings) {
    if (kind !== 'changed' && kind !== 'passed') continue;
    const decided = isStepFinal(row);
    const covers = await findCovers(context, now, approval, row.covers, { proposal, decided });
    if (kind === 'passed') changes.push({ row, transition: { change: { covers }, by, events: [] } });
    else {
      const open = decided ? await openAgain(context, now, approval, row) : {};
      const events = [{ type: 'StepReopened' as const, data: { reason: coversWords(covers) } }];
      changes.push({ row, transition: { change: { ...open, covers }, by, events } });
    }
  }
  return changes;
}

/** The columns of an approval that has ended and waits again, for the same people. */
async function openAgain(
  context: PlaybookContext,
  { scope }: RunNow,
  { step }: PlacedStep,
  row: StepRow,
): Promise<StepChange> {
  const hadPeople = row.candidate_roles.length + row.candidate_users.length > 0;
  let people: StepChange;
  try {
    const { due_at, ...columns } = await humanColumns(context, step, scope);
    people = hadPeople ? { due_at } : { due_at, ...columns };
  } catch (error) {
    if (!(error instanceof ExpressionError)) throw error;
    people = hadPeople ? {} : stuckColumns(step, error);
  }
  return {
    status: 'waiting',
    outcome: null,
    reason: null,
    output: null,
    claimed_by_id: null,
    claimed_by_name: null,
    claimed_at: null,
    completed_at: null,
    completed_by_type: null,
    completed_by_id: null,
    completed_by_name: null,
    completed_by_person: null,
    ...people,
  };
}

/** Writes the changes of approvals whose rows are still the ones that were seen. */
async function writeApprovals(
  connection: TenantConnection,
  runId: string,
  changes: readonly ApprovalChange[],
): Promise<void> {
  if (changes.length === 0) return;
  const run = (await readRun(connection, runId, 'lock'))!;
  for (const { row, transition } of changes) {
    const locked = await readStepRun(connection, runId, row.step_id, 'lock');
    if (locked && isSameApproval(locked, row)) await writeStep(connection, run, locked, transition);
  }
}

async function approvalsChanged(
  connection: TenantConnection,
  runId: string,
  standings: readonly Standing[],
): Promise<Refusal | null> {
  for (const { row } of standings) {
    const now = await readStepRun(connection, runId, row.step_id, 'lock');
    if (!now || !isSameApproval(now, row))
      return { code: notApproved, message: `Not sent. ${row.title} has changed meanwhile. Try again.` };
  }
  return null;
}

const isSameApproval = (one: StepRow, other: StepRow): boolean =>
  one.status === other.status && one.outcome === other.outcome && one.covers?.digest === other.covers?.digest;

function whyNot({ row, kind }: Standing, stepId: string): string {
  const name = row.completed_by_name;
  if (kind === 'rejected') return `${row.title} was rejected by ${name ?? 'no one'}.`;
  if (kind === 'waiting') return `${row.title} is waiting for ${peopleOf(row)}.`;
  if (!isStepFinal(row)) return `${row.title} is open and now shows this request.`;
  if (row.status === 'skipped') return `The request needs approval. ${row.title} is open.`;
  const known = row.covers?.calls.find((each) => each.stepId === stepId)?.digest;
  const why = known
    ? `The request differs from what ${name} approved.`
    : `The request was not known when ${name} approved.`;
  return `${why} ${row.title} is open again.`;
}

/** Where the requests differ from those before. Values stay out of events and errors. */
function coversWords(covers: Covers | null): string {
  const changes = covers?.calls.flatMap((call) => call.changes) ?? [];
  return changes.length === 0
    ? 'The requests that it covers are known now.'
    : `Changed since it was shown: ${changeWords(changes)}.`;
}
