import { ApplicationFailure, CancellationScope, isCancellation, proxyActivities } from '@temporalio/workflow';
import type { ProcessDeliveryArgs } from '../../shared/inbound/inbound-contract.ts';
import type { InboundActivities } from '../activities/inbound-activities.ts';

/** About a day. */
const { processDelivery } = proxyActivities<InboundActivities>({
  summary: 'Process the delivery',
  startToCloseTimeout: '10 minutes',
  retry: {
    initialInterval: '1s',
    backoffCoefficient: 3,
    maximumInterval: '2 hours',
    maximumAttempts: 18,
  },
});
const { failDelivery } = proxyActivities<InboundActivities>({ startToCloseTimeout: '15 minutes' });

/** A delivery of an inbound webhook: its actions, with retries. The row has what was sent, and each result. */
export async function processDeliveryWorkflow(args: ProcessDeliveryArgs): Promise<void> {
  try {
    await processDelivery(args);
  } catch (error) {
    const reason = reasonOf(error);
    await CancellationScope.nonCancellable(() => failDelivery({ ...args, reason }));
    throw error;
  }
}

function reasonOf(error: unknown): string {
  if (isCancellation(error)) return 'Cancelled in Temporal.';
  const { cause } = error as { cause?: unknown };
  const last = cause instanceof ApplicationFailure ? cause.message : 'It could not be processed.';
  return `Given up after the last attempt: ${last}`;
}
