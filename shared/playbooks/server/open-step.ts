import { v7 as uuidv7 } from 'uuid';
import type { EventType } from '../../events/event-types.ts';
import type { TenantConnection } from '../../platform/db/database.ts';
import { durationMs } from '../../platform/duration.ts';
import {
  ExpressionError,
  type ExpressionScope,
  evaluateCondition,
} from '../../platform/server/expressions.ts';
import { type RunRow, readRun, touchRun } from '../db/playbook-runs.ts';
import { insertStepRun, readStepRun, type StepChange, type StepRow } from '../db/step-runs.ts';
import type { StepState } from '../playbook-contract.ts';
import { definitionOf, type Step } from '../steps/registry.ts';
import type { Assignee } from '../steps/step-common.ts';
import { resolveAssignee } from './assignees.ts';
import type { PlaybookContext } from './run-context.ts';
import { playbookActor } from './run-context.ts';
import { loadStep } from './run-document.ts';
import { loadScope } from './run-scope.ts';
import { expressionFailed } from './step-rules.ts';
import type { StepEffect } from './step-runner.ts';
import { runnerOf } from './step-runners.ts';
import { stepState } from './step-state.ts';
import { tellStep } from './tell.ts';

export interface StepAddress {
  tenantId: string;
  runId: string;
  stepId: string;
}

/** Opens the next step of a run: decides whether it applies, for whom it waits, and with which input. Once. */
export async function openStep(context: PlaybookContext, address: StepAddress): Promise<StepState> {
  const { tenantId, runId, stepId } = address;
  const { run, row, step, scope } = await context.db.tenant(tenantId, async (connection) => {
    const run = await readRun(connection, runId);
    if (!run) throw new Error('There is no such run');
    const row = await readStepRun(connection, runId, stepId);
    return {
      run,
      row,
      step: await loadStep(connection, run, stepId),
      scope: await loadScope(connection, run),
    };
  });
  if (row) return stepState(context, run, row);
  const stepRunId = uuidv7();
  const effect = await findOpening(context, { run, step, stepRunId, scope });
  const opened = await context.db.tenantTransaction(tenantId, async (connection) => {
    const inserted = await insertStepRun(connection, {
      id: stepRunId,
      run_id: runId,
      step_id: stepId,
      type: step.type,
      title: step.title,
      ...effect.change,
    });
    if (inserted) await tellOpened(connection, run, inserted, effect);
    return inserted ?? (await readStepRun(connection, runId, stepId));
  });
  return stepState(context, run, opened!);
}

/** Writes what else belongs to an opening, and tells of it. */
export async function tellOpened(
  connection: TenantConnection,
  run: RunRow,
  row: StepRow,
  effect: StepEffect,
): Promise<void> {
  await effect.also?.(connection);
  const { type, data } = openingEvent(row);
  await tellStep(connection, run, row, type, playbookActor, data);
  await touchRun(connection, run.id);
}

function openingEvent(row: StepRow): { type: EventType; data: Record<string, unknown> } {
  if (row.status === 'skipped') return { type: 'StepSkipped', data: { reason: row.reason } };
  if (row.type === 'notify') return { type: 'NoticeSent', data: { message: row.detail.message } };
  if (row.status === 'completed') return { type: 'StepCompleted', data: { outcome: row.outcome } };
  const problem = row.failure_message ? { problem: row.failure_message } : {};
  return {
    type: 'StepOpened',
    data: { role: row.assignee_role, user: row.assignee_user, dueAt: row.due_at?.toISOString(), ...problem },
  };
}

interface Opening {
  run: RunRow;
  step: Step;
  stepRunId: string;
  scope: ExpressionScope;
}

/** What the step is when it opens now; one that cannot be opened as it is written waits for somebody to look at it. */
export async function findOpening(context: PlaybookContext, opening: Opening): Promise<StepEffect> {
  const { step, scope } = opening;
  try {
    if (step.when !== undefined && !(await evaluateCondition(step.when, scope, '/when'))) {
      const reason = 'Its condition is not met.';
      return { change: { ...ended(), status: 'skipped', outcome: 'condition', reason } };
    }
    const effect = await runnerOf(step).open(step, { context, ...opening });
    const { status } = effect.change;
    if (status === 'waiting')
      return { ...effect, change: { ...(await forPeople(context, step, scope)), ...effect.change } };
    return status === 'running' ? effect : { ...effect, change: { ...effect.change, ...ended() } };
  } catch (error) {
    if (!(error instanceof ExpressionError)) throw error;
    const message = `${error.message}${error.path ? ` (${error.path})` : ''}.`;
    const fallback = { assignee_role: 'operator', candidate_roles: ['operator'] };
    return {
      change: { ...fallback, status: 'waiting', failure_code: expressionFailed, failure_message: message },
    };
  }
}

const ended = (): StepChange => ({
  completed_at: new Date(),
  completed_by_type: playbookActor.type,
  completed_by_id: playbookActor.id,
  completed_by_name: playbookActor.name,
});

/** Whom a step waits for, and when they are reminded. */
async function forPeople(context: PlaybookContext, step: Step, scope: ExpressionScope): Promise<StepChange> {
  if (!('assignee' in step || 'escalation' in step)) return {};
  const assignee: Assignee = step.assignee ?? { role: definitionOf(step).defaultRole ?? 'operator' };
  const others = step.type === 'approval' ? step.approvers : [];
  const openedAt = Date.now();
  const dueAt = step.due === undefined ? null : openedAt + (durationMs(step.due) ?? 0);
  const first = step.escalation[0];
  return {
    ...(await assigneeColumns(context, assignee, others, scope)),
    due_at: dueAt === null ? null : new Date(dueAt),
    remind_at:
      dueAt === null || step.reminder === undefined
        ? null
        : new Date(Math.max(openedAt, dueAt - (durationMs(step.reminder) ?? 0))),
    escalate_at: first ? new Date((dueAt ?? openedAt) + (durationMs(first.after) ?? 0)) : null,
  };
}

/** The columns that say for whom a step is. @throws ExpressionError */
export async function assigneeColumns(
  context: PlaybookContext,
  assignee: Assignee,
  others: readonly Assignee[],
  scope: object,
): Promise<StepChange> {
  const { columns, candidate } = await resolveAssignee(context, assignee, scope, '/assignee');
  const further = await Promise.all(
    others.map((other, index) => resolveAssignee(context, other, scope, `/approvers/${index}`)),
  );
  const candidates = [candidate, ...further.map((each) => each.candidate)];
  return {
    ...columns,
    candidate_roles: [...new Set(candidates.flatMap((each) => ('role' in each ? [each.role] : [])))],
    candidate_users: [...new Set(candidates.flatMap((each) => ('user' in each ? [each.user] : [])))],
  };
}

/** What a step that was opened is at now. */
export async function lookAtStep(context: PlaybookContext, address: StepAddress): Promise<StepState> {
  const { tenantId, runId, stepId } = address;
  const [run, row] = await context.db.tenant(tenantId, async (connection) => [
    await readRun(connection, runId),
    await readStepRun(connection, runId, stepId),
  ]);
  if (!run || !row) throw new Error('There is no such step');
  return stepState(context, run, row);
}
