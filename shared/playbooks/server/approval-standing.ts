import type { PreparedCall } from '../../executions/server/prepared-call.ts';
import type { TenantConnection } from '../../platform/db/database.ts';
import { ExpressionError, evaluateCondition } from '../../platform/server/expressions.ts';
import { isRunOpen, type RunRow, readRun } from '../db/playbook-runs.ts';
import {
  isStepFinal,
  isStepOpen,
  listStepRuns,
  readStepRun,
  type StepChange,
  type StepRow,
} from '../db/step-runs.ts';
import type { PlacedStep } from '../playbook-document.ts';
import { coversWords, findCovers, isShown, type Proposal, placedIn, type RunNow } from './approval-covers.ts';
import { humanColumns } from './assignees.ts';
import { approvalsOver, asksAbout } from './checks/covers.ts';
import { type PlaybookContext, playbookActor } from './run-context.ts';
import { notApproved, peopleOf, stuckColumns } from './step-rules.ts';
import type { Cause } from './step-runner.ts';
import type { Refusal } from './step-subject.ts';
import { eventsOf, type Transition, writeStep } from './step-transitions.ts';

/** One approval of a call, as it is for the request that the call would send. */
export interface Standing {
  approval: PlacedStep;
  row: StepRow;
  /**
   * `passed`: its condition is still not met, so this request needs no approval. `changed`: it was never approved, or
   * another request was.
   */
  kind: 'approved' | 'passed' | 'waiting' | 'rejected' | 'changed';
}

/** A change of an approval, valid as long as its row is the one that was seen. */
export interface ApprovalChange {
  row: StepRow;
  transition: Transition;
}

/**
 * @param call null: it cannot be sent as it is; what is sent instead is compared when the step is completed
 * @param input `opening`: from the playbook, so the condition of an approval can judge it; `stored`: of an open step;
 * `sent`: by the person who completes it
 */
export async function standingsOf(
  context: PlaybookContext,
  now: RunNow,
  stepId: string,
  call: PreparedCall | null,
  input: 'opening' | 'stored' | 'sent',
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
      return asksAbout(placedIn(now, stepId).step, step.id, now.expressions) ? 'approved' : 'rejected';
    const shown = row.covers?.calls.find((each) => each.stepId === stepId);
    const otherwise = isStepFinal(row) ? 'approved' : 'waiting';
    if (call && isShown(context, shown, call)) return otherwise;
    const wasSkipped = row.status === 'skipped' && row.outcome === 'condition';
    // A run that skipped it before requests were stored has no covers.
    const fromPlaybook = input === 'opening' || (input === 'stored' && row.covers === null);
    if (wasSkipped && fromPlaybook && !(await isMet(step.when))) return 'passed';
    return call ? 'changed' : otherwise;
  }

  /** A condition that cannot be evaluated needs the approval. */
  async function isMet(condition: string | undefined): Promise<boolean> {
    try {
      return (
        condition === undefined || (await evaluateCondition(condition, now.scope, '/when', now.run.tenant_id))
      );
    } catch (error) {
      if (error instanceof ExpressionError) return true;
      throw error;
    }
  }
}

/** The approvals that open again or show another request. */
export async function changesOf(
  context: PlaybookContext,
  now: RunNow,
  standings: readonly Standing[],
  proposal: Proposal | undefined,
  by: Cause,
): Promise<ApprovalChange[]> {
  const changes: ApprovalChange[] = [];
  for (const { approval, row, kind } of standings) {
    if (kind !== 'changed' && kind !== 'passed') continue;
    const decided = isStepFinal(row);
    const since = decided ? (row.status === 'completed' ? 'approved' : 'shown') : null;
    const covers = await findCovers(context, now, approval, row.covers, { proposal, since });
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
    const { due_at, remind_at, escalate_at, ...columns } = await humanColumns(
      { db: context.db, tenantId: row.tenant_id },
      step,
      scope,
    );
    const times = { due_at, remind_at, reminded: 0, escalate_at, escalated: 0 };
    people = hadPeople ? times : { ...times, ...columns };
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
export async function writeApprovals(
  connection: TenantConnection,
  runId: string,
  changes: readonly ApprovalChange[],
): Promise<void> {
  if (changes.length === 0) return;
  const run = (await readRun(connection, runId, 'lock'))!;
  if (!isRunOpen(run)) return;
  for (const { row, transition } of changes) {
    const locked = await readStepRun(connection, runId, row.step_id, 'lock');
    if (locked && isSameApproval(locked, row)) await writeStep(connection, run, locked, transition);
  }
}

export async function approvalsChanged(
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

export const isSameApproval = (one: StepRow, other: StepRow): boolean =>
  one.status === other.status && one.outcome === other.outcome && one.covers?.digest === other.covers?.digest;

export function whyNot({ row, kind }: Standing, stepId: string): string {
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

/** Closes an approval that is open again when the last of its calls ends without it: someone has skipped the call. */
export async function closeApprovals(
  connection: TenantConnection,
  run: RunRow,
  call: StepRow,
  { status }: Pick<Transition['change'], 'status'>,
): Promise<void> {
  if (!status || !isStepFinal({ status })) return;
  const rows = await listStepRuns(connection, [run.id]);
  const ended = new Set(rows.filter(isStepFinal).map((row) => row.step_id));
  for (const approval of rows) {
    const covered = approval.covers?.calls.map(({ stepId }) => stepId) ?? [];
    if (!isStepOpen(approval) || !covered.includes(call.step_id)) continue;
    if (!covered.every((stepId) => ended.has(stepId))) continue;
    const reason = 'Its calls have ended.';
    await writeStep(connection, run, approval, {
      change: { status: 'skipped', reason },
      by: { actor: playbookActor },
      events: eventsOf('skipped', { reason }),
    });
  }
}
