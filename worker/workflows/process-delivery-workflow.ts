import {
  ApplicationFailure,
  CancellationScope,
  isCancellation,
  patched,
  proxyActivities,
} from '@temporalio/workflow';
import type { ProcessDeliveryArgs } from '../../shared/inbound/inbound-contract.ts';
import type { InboundActivities } from '../activities/inbound-activities.ts';

/** About a day. */
const maximumAttempts = 18;
const { processDelivery } = proxyActivities<InboundActivities>({
  summary: 'Process the delivery',
  startToCloseTimeout: '10 minutes',
  // The delivery of a process that was killed goes on soon.
  heartbeatTimeout: '15s',
  retry: { initialInterval: '1s', backoffCoefficient: 3, maximumInterval: '2 hours', maximumAttempts },
  cancellationType: 'WAIT_CANCELLATION_COMPLETED',
});
const { failDelivery } = proxyActivities<InboundActivities>({ startToCloseTimeout: '15 minutes' });

const redeliver = 'Redeliver it to do what was not done.';

/** A delivery of an inbound webhook: its actions, with retries. The row has what was sent, and each result. */
export async function processDeliveryWorkflow(args: ProcessDeliveryArgs): Promise<void> {
  try {
    await processed(args);
  } catch (error) {
    const reason = reasonOf(error);
    await CancellationScope.nonCancellable(() => failDelivery({ ...args, reason }));
    throw error;
  }
}

/** A cancel lets an action that takes effect end first, so that its result is known. */
async function processed(args: ProcessDeliveryArgs): Promise<void> {
  const processing = processDelivery(args);
  try {
    await Promise.race([processing, CancellationScope.current().cancelRequested]);
  } catch (error) {
    if (!isCancellation(error) || !patched('cancelled-when-stopped')) throw error;
    await processing;
  }
}

function reasonOf(error: unknown): string {
  if (CancellationScope.current().consideredCancelled) return `Cancelled in Temporal. ${redeliver}`;
  const { cause } = error as { cause?: unknown };
  const last = cause instanceof ApplicationFailure ? cause.message : 'It could not be processed.';
  return `Given up after ${maximumAttempts} attempts in about a day: ${last} ${redeliver}`;
}
