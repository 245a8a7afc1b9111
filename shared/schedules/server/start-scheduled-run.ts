import { WorkflowExecutionAlreadyStartedError } from '@temporalio/client';
import type { ExecutionServices } from '../../executions/server/execution-services.ts';
import { within } from '../../platform/server/temporal/within.ts';
import type { DueRun } from '../db/schedules-sweep.ts';
import { runScheduledWorkflowName, scheduledRunWorkflow } from '../schedule-contract.ts';

const deadlineMs = 2000;
/** The sweep starts what has not been started by then. */
export const startAfterMs = 5_000;

/**
 * Starts the workflow of a run that Temporal's Schedule does not start. Starting it again changes nothing.
 * @throws within about two seconds when Temporal is unreachable
 */
export async function startScheduledRun(
  { environment, temporal: { client } }: Pick<ExecutionServices, 'environment' | 'temporal'>,
  { id: runId, tenantId, scheduleId, revision }: DueRun,
): Promise<void> {
  const {
    INTERLOCK_TASK_QUEUE: taskQueue,
    INTERLOCK_RUN_HISTORY_LIMIT: historyLimit,
    publicUrl,
  } = environment;
  try {
    await within(client, deadlineMs, () =>
      client.workflow.start(runScheduledWorkflowName, {
        ...scheduledRunWorkflow({ tenantId, scheduleId, revision, runId, historyLimit }),
        taskQueue,
        workflowIdConflictPolicy: 'USE_EXISTING',
        staticSummary: 'Run of a schedule',
        staticDetails: `[Open in Interlock](${publicUrl}/schedules/${scheduleId})`,
        priority: { fairnessKey: tenantId },
      }),
    );
  } catch (error) {
    if (!(error instanceof WorkflowExecutionAlreadyStartedError)) throw error;
  }
}
