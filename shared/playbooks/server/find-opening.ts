import { withApprovals } from './approval-guard.ts';
import { evaluateOpening, type Opening } from './evaluate-opening.ts';
import { type PlaybookContext, playbookActor } from './run-context.ts';
import type { StepEffect, StepEvent } from './step-runner.ts';
import type { Transition } from './step-transitions.ts';

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
