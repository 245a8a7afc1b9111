import type { ExecutionServices } from '../../executions/server/execution-services.ts';
import { within } from '../../platform/server/temporal/within.ts';
import {
  deliveryWorkflow,
  type ProcessDeliveryArgs,
  processDeliveryWorkflowName,
} from '../inbound-contract.ts';

const startDeadlineMs = 2000;
/** The sweep starts a delivery that has not ended by then. */
export const startAfterMs = 5_000;

/** Starts the workflow of an accepted delivery. Starting it again changes nothing. @throws when Temporal is unreachable */
export async function startProcessing(
  { environment, temporal: { client } }: Pick<ExecutionServices, 'environment' | 'temporal'>,
  args: ProcessDeliveryArgs,
): Promise<void> {
  await within(client, startDeadlineMs, () =>
    client.workflow.start(processDeliveryWorkflowName, {
      ...deliveryWorkflow(args),
      taskQueue: environment.INTERLOCK_TASK_QUEUE,
      requestEagerStart: true,
      staticSummary: `Inbound delivery ${args.deliveryId}`,
      priority: { fairnessKey: args.tenantId },
    }),
  );
}
