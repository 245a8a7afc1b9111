import { WorkflowExecutionAlreadyStartedError } from '@temporalio/client';
import type { ExecutionServices } from '../../executions/server/execution-services.ts';
import { within } from '../../platform/server/temporal/within.ts';
import { batchWorkflow, runBatchWorkflowName } from '../batch-contract.ts';
import type { DueBatch } from '../db/batches-sweep.ts';

const deadlineMs = 2000;
/** The sweep starts what has not been started by then. */
export const startAfterMs = 5_000;

type Services = Pick<ExecutionServices, 'environment' | 'temporal'>;

/**
 * Starts the workflow of a batch. Starting it again changes nothing.
 * @returns false when a workflow of this round has run and is closed
 * @throws within about two seconds when Temporal is unreachable
 */
export async function startBatchWorkflow(
  { environment, temporal: { client } }: Services,
  { id, tenantId, round, total }: DueBatch,
): Promise<boolean> {
  const {
    INTERLOCK_TASK_QUEUE: taskQueue,
    INTERLOCK_RUN_HISTORY_LIMIT: historyLimit,
    publicUrl,
  } = environment;
  try {
    await within(client, deadlineMs, () =>
      client.workflow.start(runBatchWorkflowName, {
        ...batchWorkflow({ tenantId, batchId: id, round, historyLimit }),
        taskQueue,
        requestEagerStart: true,
        workflowIdConflictPolicy: 'USE_EXISTING',
        staticSummary: `Batch of ${total} calls`,
        staticDetails: `[Open in Interlock](${publicUrl}/batches/${id})`,
        priority: { fairnessKey: tenantId },
      }),
    );
    return true;
  } catch (error) {
    if (error instanceof WorkflowExecutionAlreadyStartedError) return false;
    throw error;
  }
}
