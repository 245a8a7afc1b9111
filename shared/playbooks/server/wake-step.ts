import type { TenantConnection } from '../../platform/db/database.ts';
import { durationMs } from '../../platform/duration.ts';
import { ExpressionError } from '../../platform/server/expressions.ts';
import { insertNotice } from '../db/notices.ts';
import { type RunRow, readRun } from '../db/playbook-runs.ts';
import { isStepOpen, readStepRun, type StepChange, type StepRow, unclaimed } from '../db/step-runs.ts';
import type { StepState } from '../playbook-contract.ts';
import { definitionOf, type Step } from '../steps/registry.ts';
import { assigneeColumns } from './assignees.ts';
import { type PlaybookContext, playbookActor } from './run-context.ts';
import { loadStep } from './run-document.ts';
import { loadScope } from './run-scope.ts';
import { peopleOf } from './step-rules.ts';
import type { StepEvent } from './step-runner.ts';
import { runnerOf } from './step-runners.ts';
import { approvalsHolding, stepState } from './step-state.ts';
import { changeStep, eventsOf, type StepAddress, type Transition } from './step-transitions.ts';

/**
 * Handles what is due on a waiting step: a reminder, the next escalation, or the end of its wait. It never completes a
 * step that waits for people.
 */
export async function wakeStep(context: PlaybookContext, address: StepAddress): Promise<StepState> {
  const { tenantId, runId, stepId } = address;
  // Clocks differ a little: without this margin, the workflow might wake again immediately.
  const now = Date.now() + 50;
  const isDue = (time: Date | string | null | undefined) =>
    time !== null && time !== undefined && new Date(time).getTime() <= now;
  const {
    run: of,
    seen,
    step,
    scope,
  } = await context.db.tenant(tenantId, async (connection) => {
    const run = (await readRun(connection, runId))!;
    const seen = (await readStepRun(connection, runId, stepId))!;
    const scope = isDue(seen.escalate_at) ? await loadScope(connection, run) : null;
    return { run, seen, step: await loadStep(connection, run, stepId), scope };
  });
  for (const approval of await approvalsHolding(context, of, seen))
    await wakeStep(context, { ...address, stepId: approval.step_id });
  const next = scope && (await nextLevel(context, step, seen, scope));
  const { run, row } = await changeStep(context, address, ({ run, row }) => {
    if (!isStepOpen(row)) return null;
    const woken = row.failure_code === null ? runnerOf(step).wake?.(step, { row, isDue }) : null;
    if (woken) {
      const { change, data } = woken;
      return { change, by, events: eventsOf(change.status, data), also: woken.also };
    }
    const due: Due[] = [];
    if (isDue(row.remind_at)) due.push(reminder(row));
    if (next && isDue(row.escalate_at) && row.escalated === seen.escalated) due.push(escalation(row, next));
    return due.length === 0 ? null : combined(run, row, due);
  });
  return stepState(context, run, row);
}

const by = { actor: playbookActor };

interface Due {
  change: StepChange;
  event: StepEvent;
  notice: {
    kind: 'reminder' | 'escalation';
    text: string;
    to: Pick<StepRow, 'assignee_user' | 'assignee_role'>;
  };
}

function combined(run: RunRow, row: StepRow, due: Due[]): Transition {
  return {
    change: Object.assign({}, ...due.map(({ change }) => change)) as StepChange,
    by,
    events: due.map(({ event }) => event),
    also: async (connection) => {
      for (const { notice } of due) await writeNotice(connection, run, row, notice);
    },
  };
}

function reminder(row: StepRow): Due {
  const who = peopleOf(row);
  const due = row.due_at ? ` It is due ${row.due_at.toISOString().slice(0, 16).replace('T', ' ')} UTC.` : '';
  return {
    change: { remind_at: null, reminded: row.reminded + 1 },
    event: { type: 'StepReminded', data: { who } },
    notice: { kind: 'reminder', text: `${row.title} is waiting for ${who}.${due}`, to: row },
  };
}

/** Assigns the step to the person or role of the level. The next level counts from the same due date. */
function escalation(row: StepRow, next: { columns: StepChange; at: Date | null }): Due {
  const change = {
    ...next.columns,
    ...unclaimed,
    escalated: row.escalated + 1,
    escalate_at: next.at,
  };
  const escalated = { ...row, ...change };
  const to = peopleOf(escalated);
  return {
    change,
    event: { type: 'StepEscalated', data: { from: peopleOf(row), to, level: escalated.escalated } },
    notice: {
      kind: 'escalation',
      text: `${row.title} is overdue and now assigned to ${to}.`,
      to: escalated,
    },
  };
}

/** The assignee of the next escalation, and when the one after it is due. */
async function nextLevel(
  context: PlaybookContext,
  step: Step,
  row: StepRow,
  scope: object,
): Promise<{ columns: StepChange; at: Date | null }> {
  const levels = definitionOf(step).human(step)?.escalation ?? [];
  const level = levels[row.escalated];
  if (!level) throw new Error('The step has no further escalation');
  const after = levels[row.escalated + 1];
  const base = (row.due_at ?? row.opened_at).getTime();
  const at = after ? new Date(base + (durationMs(after.after) ?? 0)) : null;
  try {
    return {
      columns: await assigneeColumns({ db: context.db, tenantId: row.tenant_id }, step, level.to, scope),
      at,
    };
  } catch (error) {
    // The expression names no one: the assignee stays, and the escalation still counts.
    if (error instanceof ExpressionError) return { columns: {}, at };
    throw error;
  }
}

function writeNotice(
  connection: TenantConnection,
  run: RunRow,
  row: StepRow,
  { kind, text, to }: Due['notice'],
): Promise<void> {
  return insertNotice(connection, {
    kind,
    to: to.assignee_user
      ? { role: null, user: to.assignee_user }
      : { role: to.assignee_role ?? 'operator', user: null },
    text,
    exceptionId: run.exception_id,
    runId: run.id,
    stepRunId: row.id,
  });
}
