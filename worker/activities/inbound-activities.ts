import { ApplicationFailure } from '@temporalio/activity';
import { ApplicationFailureCategory } from '@temporalio/common';
import { deliveryNotProcessed, type ProcessDeliveryArgs } from '../../shared/inbound/inbound-contract.ts';
import type { InboundServices } from '../../shared/inbound/server/inbound-services.ts';
import {
  endDelivery,
  NotProcessedError,
  processDelivery,
} from '../../shared/inbound/server/process-delivery.ts';
import { withDatabaseRetry } from '../../shared/platform/server/with-database-retry.ts';

export interface InboundActivities {
  processDelivery(delivery: ProcessDeliveryArgs): Promise<void>;
  /** After the last attempt. */
  failDelivery(delivery: ProcessDeliveryArgs & { reason: string }): Promise<void>;
}

/** The effects of `processDeliveryWorkflow`, each guarded by its row: retried, it changes nothing twice. */
export function createInboundActivities(services: InboundServices): InboundActivities {
  return {
    async processDelivery(delivery) {
      try {
        await processDelivery(services, delivery);
      } catch (error) {
        const { deliveryId } = delivery;
        const known = error instanceof NotProcessedError;
        if (!known) services.log.error({ err: error, deliveryId }, 'a delivery was not processed');
        // Any other error may quote what was sent, so it goes to the log only.
        throw ApplicationFailure.create({
          message: known ? error.message : 'Unexpected error. See the log of the worker.',
          type: deliveryNotProcessed,
          ...(known && { category: ApplicationFailureCategory.BENIGN }),
        });
      }
    },
    failDelivery: ({ reason, ...delivery }) =>
      withDatabaseRetry(() => endDelivery(services, delivery, { status: 'failed', error: reason })),
  };
}
