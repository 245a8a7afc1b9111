import { TypedSearchAttributes } from '@temporalio/common';
import { searchAttributes } from '../executions/execution-contract.ts';

/** What crosses Temporal: ids, never a payload. */
export interface ProcessDeliveryArgs {
  tenantId: string;
  deliveryId: string;
  /** Counts redeliveries. */
  round: number;
}

export const processDeliveryWorkflowName = 'processDeliveryWorkflow';

/** The options with which a delivery is processed. The id is derived, so that starting twice is harmless. */
export function deliveryWorkflow(args: ProcessDeliveryArgs) {
  return {
    workflowId: `inbound-${args.deliveryId}-${args.round}`,
    args: [args] as [ProcessDeliveryArgs],
    // The row says what has been done: a workflow that someone closed begins again.
    workflowIdReusePolicy: 'ALLOW_DUPLICATE' as const,
    workflowIdConflictPolicy: 'USE_EXISTING' as const,
    typedSearchAttributes: new TypedSearchAttributes([
      { key: searchAttributes.tenantId, value: args.tenantId },
    ]),
  };
}

/** `type` of the failure of an attempt that is made again. */
export const deliveryNotProcessed = 'delivery_not_processed';
