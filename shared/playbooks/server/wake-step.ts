import type { TenantConnection } from '../../platform/db/database.ts';
import { durationMs } from '../../platform/duration.ts';
import { ExpressionError } from '../../platform/server/expressions.ts';
import { insertNotice } from '../db/notices.ts';
import { type RunRow, readRun, touchRun } from '../db/playbook-runs.ts';
import { readStepRun, type StepChange, type StepRow, updateStepRun } from '../db/step-runs.ts';
import type { StepState } from '../playbook-contract.ts';
import type { Step } from '../steps/registry.ts';
import type { Assignee } from '../steps/step-common.ts';
import { assigneeColumns, type StepAddress } from './open-step.ts';
import { type PlaybookContext, playbookActor } from './run-context.ts';
import { loadStep } from './run-document.ts';
import { loadScope } from './run-scope.ts';
import { waitingOn } from './step-rules.ts';
import { stepState } from './step-state.ts';
import { tellStep } from './tell.ts';

/**
 * What is due on a waiting step by now: a reminder, the next escalation, or that the time it waited for has come. It
 * reminds and hands on; it never completes what people have to.
 */
export async function wakeStep(context: PlaybookContext, address: StepAddress): Promise<StepState> {
  const { tenantId, runId, stepId } = address;
  const { run, row } = await context.db.tenantTransaction(tenantId, async (connection) => {
    const run = (await readRun(connection, runId, 'lock'))!;
    const row = (await readStepRun(connection, runId, stepId, 'lock'))!;
    if (row.status !== 'waiting' && row.status !== 'outcome_unknown') return { run, row };
    const step = await loadStep(connection, run, stepId);
    const woken = await wake(context, connection, { run, row, step });
    await touchRun(connection, runId);
    return { run, row: woken };
  });
  return stepState(context, run, row);
}

interface Situation {
  run: RunRow;
  row: StepRow;
  step: Step;
}

async function wake(
  context: PlaybookContext,
  connection: TenantConnection,
  { run, row, step }: Situation,
): Promise<StepRow> {
  // A clock that is a little behind Temporal's must not make the workflow come again at once.
  const now = Date.now() + 50;
  const isDue = (time: Date | string | null | undefined) => time && new Date(time).getTime() <= now;
  if (step.type === 'wait' && row.failure_code === null) {
    if (isDue(row.detail.until)) return endWait(connection, { run, row, step }, 'completed', 'elapsed');
    if (isDue(row.detail.timeoutAt)) {
      const status = step.onTimeout === 'abort' ? 'failed' : 'completed';
      return endWait(connection, { run, row, step }, status, 'timed_out');
    }
  }
  let current = row;
  if (isDue(current.remind_at)) {
    const text = `${current.title} waits for ${waitingOn(current)}${dueWords(current)}.`;
    await notice(connection, run, current, 'reminder', text);
    current = await updateStepRun(connection, row.id, { remind_at: null, reminded: row.reminded + 1 });
    await tellStep(connection, run, current, 'StepReminded', playbookActor, { who: waitingOn(current) });
  }
  if (isDue(current.escalate_at)) current = await escalate(context, connection, { run, row: current, step });
  return current;
}

async function endWait(
  connection: TenantConnection,
  { run, row }: Situation,
  status: 'completed' | 'failed',
  outcome: string,
): Promise<StepRow> {
  const ended = await updateStepRun(connection, row.id, {
    status,
    outcome,
    reason: status === 'failed' ? `${row.detail.event ?? 'The event'} did not come in time.` : null,
    completed_at: new Date(),
    completed_by_type: playbookActor.type,
    completed_by_id: playbookActor.id,
    completed_by_name: playbookActor.name,
  });
  const type = status === 'failed' ? 'StepFailed' : 'StepCompleted';
  await tellStep(connection, run, ended, type, playbookActor, { outcome });
  return ended;
}

/** The step belongs to whoever the next escalation names; the one after counts from the same due time. */
async function escalate(
  context: PlaybookContext,
  connection: TenantConnection,
  { run, row, step }: Situation,
): Promise<StepRow> {
  const levels = 'escalation' in step ? step.escalation : [];
  const level = levels[row.escalated];
  if (!level) return updateStepRun(connection, row.id, { escalate_at: null });
  const next = levels[row.escalated + 1];
  const base = (row.due_at ?? row.opened_at).getTime();
  const others = step.type === 'approval' ? step.approvers : [];
  const escalated = await updateStepRun(connection, row.id, {
    ...(await columnsOf(context, connection, run, level.to, others)),
    claimed_by_id: null,
    claimed_by_name: null,
    claimed_at: null,
    escalated: row.escalated + 1,
    escalate_at: next ? new Date(base + (durationMs(next.after) ?? 0)) : null,
  });
  const text = `${row.title} was not done in time and is for ${waitingOn(escalated)} now.`;
  await notice(connection, run, escalated, 'escalation', text);
  await tellStep(connection, run, escalated, 'StepEscalated', playbookActor, {
    from: waitingOn(row),
    to: waitingOn(escalated),
    level: escalated.escalated,
  });
  return escalated;
}

async function columnsOf(
  context: PlaybookContext,
  connection: TenantConnection,
  run: RunRow,
  to: Assignee,
  others: readonly Assignee[],
): Promise<StepChange> {
  try {
    return await assigneeColumns(context, to, others, await loadScope(connection, run));
  } catch (error) {
    // Whom it names cannot be found out: it stays with whoever has it, and is escalated all the same.
    if (error instanceof ExpressionError) return {};
    throw error;
  }
}

const dueWords = (row: StepRow): string =>
  row.due_at ? ` and is due ${row.due_at.toISOString().slice(0, 16).replace('T', ' ')} UTC` : '';

function notice(
  connection: TenantConnection,
  run: RunRow,
  row: StepRow,
  kind: 'reminder' | 'escalation',
  text: string,
): Promise<void> {
  return insertNotice(connection, {
    kind,
    to: row.assignee_user
      ? { role: null, user: row.assignee_user }
      : { role: row.assignee_role ?? 'operator', user: null },
    text,
    exceptionId: run.exception_id,
    runId: run.id,
    stepRunId: row.id,
  });
}
