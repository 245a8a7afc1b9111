import { v7 as uuidv7 } from 'uuid';
import { readRun } from '../db/playbook-runs.ts';
import { readStepRun } from '../db/step-runs.ts';
import type { StepState } from '../playbook-contract.ts';
import type { StepType } from '../steps/registry.ts';
import { withApprovals } from './approval-guard.ts';
import { evaluateOpening, type Opening } from './evaluate-opening.ts';
import type { PlaybookContext } from './run-context.ts';
import { playbookActor } from './run-context.ts';
import { loadStep } from './run-document.ts';
import { loadScope } from './run-scope.ts';
import type { StepEffect, StepEvent } from './step-runner.ts';
import { stepState } from './step-state.ts';
import { openStepRow, type StepAddress, type Transition } from './step-transitions.ts';

/** Opens a step of a run, once: evaluates its condition, its assignee and its input. */
export async function openStep(context: PlaybookContext, address: StepAddress): Promise<StepState> {
  const { tenantId, runId, stepId } = address;
  const { run, row, step, scope } = await context.db.tenant(tenantId, async (connection) => {
    const run = await readRun(connection, runId);
    if (!run) throw new Error('Run not found');
    const row = await readStepRun(connection, runId, stepId);
    return {
      run,
      row,
      step: await loadStep(connection, run, stepId),
      scope: await loadScope(connection, run),
    };
  });
  if (row) return stepState(context, run, row);
  const id = uuidv7();
  const { status, transition } = await findOpening(context, { run, step, stepRunId: id, scope });
  const opened = await context.db.tenantTransaction(tenantId, async (connection) => {
    // A parsed document has registered types only.
    const type = step.type as StepType;
    const fields = { id, step_id: stepId, type, title: step.title, status };
    return (
      (await openStepRow(connection, run, fields, transition)) ??
      (await readStepRun(connection, runId, stepId))
    );
  });
  return stepState(context, run, opened!);
}

/** The result of opening the step now, with what its approvals need. */
export async function findOpening(
  context: PlaybookContext,
  opening: Opening,
): Promise<{ status: StepEffect['change']['status']; transition: Transition }> {
  const effect = await withApprovals(context, opening, await evaluateOpening(context, opening));
  const events = effect.events ?? [openingEvent(effect.change)];
  return {
    status: effect.change.status,
    transition: { change: effect.change, by: { actor: playbookActor }, events, also: effect.also },
  };
}

function openingEvent(change: StepEffect['change']): StepEvent {
  if (change.status === 'skipped') return { type: 'StepSkipped', data: { reason: change.reason } };
  if (change.status === 'completed') return { type: 'StepCompleted', data: { outcome: change.outcome } };
  const problem = change.failure_message ? { problem: change.failure_message } : {};
  return {
    type: 'StepOpened',
    data: {
      role: change.assignee_role ?? null,
      user: change.assignee_user ?? null,
      dueAt: change.due_at?.toISOString(),
      ...problem,
    },
  };
}

/** The state of an open step, for its workflow. */
export async function lookAtStep(context: PlaybookContext, address: StepAddress): Promise<StepState> {
  const { tenantId, runId, stepId } = address;
  const [run, row] = await context.db.tenant(tenantId, async (connection) => [
    await readRun(connection, runId),
    await readStepRun(connection, runId, stepId),
  ]);
  if (!run || !row) throw new Error('Step not found');
  return stepState(context, run, row);
}
