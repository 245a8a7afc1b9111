import { type Client, type WorkflowExecutionDescription, WorkflowNotFoundError } from '@temporalio/client';
import type { StallCause } from '../../stall-causes.ts';
import { within } from './within.ts';

/** What Temporal says about a workflow. */
export type WorkflowLook =
  | { state: 'missing' }
  | { state: 'closed'; status: ClosedStatus }
  | { state: 'open'; stalled: WorkflowStall | null };

/** Why an open workflow does not go on. */
export interface WorkflowStall {
  cause: StallCause;
  since: Date;
}

/** Temporal's own words. */
export type ClosedStatus = (typeof closedStatuses)[number];

const closedStatuses = ['COMPLETED', 'FAILED', 'CANCELLED', 'TERMINATED', 'TIMED_OUT'] as const;

const deadlineMs = 5000;
/** A task that failed once may succeed at its second attempt at once. */
const failingMs = 4000;
/** Longer than a busy queue takes. */
const busyMs = 60_000;

/** Numbers of temporal.api.enums.v1: WORKFLOW_TASK_FAILED_CAUSE_NON_DETERMINISTIC_ERROR and …_RESET_WORKFLOW. */
const [nonDeterministic, wasReset] = [24, 20];
/** PENDING_WORKFLOW_TASK_STATE_SCHEDULED */
const scheduled = 1;

/**
 * Looks at the latest workflow of this id.
 * @param untakenMs after which a task that no worker has taken counts as stalled
 * @throws when Temporal is unreachable or too slow
 */
export async function lookAtWorkflow(
  client: Client,
  workflowId: string,
  untakenMs = busyMs,
): Promise<WorkflowLook> {
  try {
    const description = await within(client, deadlineMs, () =>
      client.workflow.getHandle(workflowId).describe(),
    );
    const status = closedStatuses.find((each) => each === description.status.name);
    if (status) return { state: 'closed', status };
    return { state: 'open', stalled: await findStall(client, description, untakenMs) };
  } catch (error) {
    if (error instanceof WorkflowNotFoundError) return { state: 'missing' };
    throw error;
  }
}

async function findStall(
  client: Client,
  { workflowId, runId, raw }: WorkflowExecutionDescription,
  untakenMs: number,
): Promise<WorkflowStall | null> {
  const task = raw.pendingWorkflowTask;
  if (!task) return null;
  if ((task.attempt ?? 1) > 1) {
    // Only the first failure of a task is in the history: attempts that follow it leave no event.
    const { history } = await within(client, deadlineMs, () =>
      client.workflowService.getWorkflowExecutionHistoryReverse({
        namespace: client.options.namespace,
        execution: { workflowId, runId },
        maximumPageSize: 1,
      }),
    );
    const last = history?.events?.[0];
    const failure = last?.workflowTaskFailedEventAttributes;
    const since = dateOf(last?.eventTime);
    if (failure && since && failure.cause !== wasReset && Date.now() - since.getTime() > failingMs)
      return { cause: failure.cause === nonDeterministic ? 'changed_code' : 'task_fails', since };
  }
  const since = dateOf(task.originalScheduledTime);
  if (task.state === scheduled && since && Date.now() - since.getTime() > untakenMs)
    return { cause: 'no_worker', since };
  return null;
}

function dateOf(time: { seconds?: unknown } | null | undefined): Date | null {
  return time ? new Date(Number(time.seconds ?? 0) * 1000) : null;
}
