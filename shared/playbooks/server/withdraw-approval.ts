import { InterlockError } from '../../platform/error-codes.ts';
import { listAccepted, withdrawVote } from '../db/step-completions.ts';
import type { StepView } from '../run-schemas.ts';
import { showInTemporal } from './assign-step.ts';
import { findStep, type StepRef } from './find-step.ts';
import { readStepView } from './read-runs.ts';
import type { RunChange } from './run-context.ts';
import { refusedByState } from './step-rules.ts';
import { runnerOf } from './step-runners.ts';
import { refuseIf } from './step-subject.ts';
import { changeStep } from './step-transitions.ts';

/**
 * Withdraws the approval of a person while the step still waits for others; they may vote again. The log keeps both.
 * The workflow waits before and after, so it need not decide.
 * @throws InterlockError `not_found`; `conflict` when the step no longer waits, or this person has not approved it
 */
export async function withdrawApproval(
  context: RunChange,
  { reason: written, ...ref }: StepRef & { reason?: string | undefined },
): Promise<StepView> {
  const { services, identity, requestId } = context;
  const { tenantId, actor } = identity;
  const reason = written && (await services.written.note(tenantId, written));
  const { run: seen, step } = await findStep(services, tenantId, ref);
  const address = { tenantId, runId: seen.id, stepId: step.id };
  await changeStep(services, address, async ({ run, row }, connection) => {
    refuseIf(refusedByState(run, row));
    const votes = (await listAccepted(connection, [run.id])).filter((each) => each.step_run_id === row.id);
    const own = runnerOf(step).ownVote?.(row, votes, identity);
    if (!own) throw new InterlockError('conflict', 'You have not approved this step. Nothing was withdrawn.');
    await withdrawVote(connection, own.id);
    const data = { ...(reason && { reason }) };
    return { change: {}, by: { actor, requestId }, events: [{ type: 'StepApprovalWithdrawn', data }] };
  });
  await showInTemporal(services, seen, step.id);
  return readStepView(context, ref);
}
