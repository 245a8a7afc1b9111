import { ApplicationFailure, CancelledFailure, Context } from '@temporalio/activity';
import { ApplicationFailureCategory } from '@temporalio/common';
import { deliveryNotProcessed, type ProcessDeliveryArgs } from '../../shared/inbound/inbound-contract.ts';
import type { InboundServices } from '../../shared/inbound/server/inbound-services.ts';
import {
  endDelivery,
  NotProcessedError,
  noteFailedAttempt,
  processDelivery,
} from '../../shared/inbound/server/process-delivery.ts';
import { withDatabaseRetry } from '../../shared/platform/server/with-database-retry.ts';

export interface InboundActivities {
  processDelivery(delivery: ProcessDeliveryArgs): Promise<void>;
  /** After the last attempt. */
  failDelivery(delivery: ProcessDeliveryArgs & { reason: string }): Promise<void>;
}

const heartbeatMs = 3000;

/** What people may read of an error. */
function wordsOf(error: unknown): string | null {
  if (error instanceof NotProcessedError) return error.message;
  return error instanceof CancelledFailure ? 'The worker was stopped.' : null;
}

/** The effects of `processDeliveryWorkflow`, each guarded by its row: retried, it changes nothing twice. */
export function createInboundActivities(services: InboundServices): InboundActivities {
  return {
    async processDelivery(delivery) {
      const temporal = Context.current();
      const beat = setInterval(() => temporal.heartbeat(), heartbeatMs);
      try {
        await processDelivery(services, delivery, temporal.cancellationSignal);
      } catch (error) {
        if (error instanceof CancelledFailure && temporal.cancellationDetails?.cancelRequested) throw error;
        const { deliveryId } = delivery;
        const known = wordsOf(error);
        if (known === null) services.log.error({ err: error, deliveryId }, 'a delivery was not processed');
        // Any other error may quote what was sent, so it goes to the log only.
        const message = known ?? 'Unexpected error. See the log of the worker.';
        await noteFailedAttempt(services, delivery, message);
        throw ApplicationFailure.create({
          message,
          type: deliveryNotProcessed,
          ...(known !== null && { category: ApplicationFailureCategory.BENIGN }),
        });
      } finally {
        clearInterval(beat);
      }
    },
    failDelivery: ({ reason, ...delivery }) =>
      withDatabaseRetry(() => endDelivery(services, delivery, { status: 'failed', error: reason })),
  };
}
