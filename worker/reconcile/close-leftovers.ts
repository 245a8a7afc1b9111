import { WorkflowNotFoundError } from '@temporalio/client';
import {
  hasOpenExecutions,
  listOpenExecutions,
  listOverdueExecutions,
} from '../../shared/executions/db/executions-sweep.ts';
import {
  type CloseReason,
  executeToolWorkflowName,
  executionIdOf,
  executionWorkflowId,
} from '../../shared/executions/execution-contract.ts';
import { stopAndClose } from '../../shared/executions/server/close-open-execution.ts';
import type { ExecutionContext } from '../../shared/executions/server/execution-context.ts';
import type { SystemConnection } from '../../shared/platform/db/database.ts';
import { within } from '../../shared/platform/server/temporal/within.ts';

/** How a workflow closed without settling its row. A completed one has settled it, unless the row was lost. */
const reasons: Record<string, CloseReason> = {
  TERMINATED: 'terminated',
  CANCELLED: 'cancelled',
  TIMED_OUT: 'timed_out',
  FAILED: 'lost',
  COMPLETED: 'lost',
};
/** Temporal's visibility lags behind, and clocks differ. */
const overlapMs = 30_000;
const temporalDeadlineMs = 5000;

/**
 * Closes open rows whose workflow is closed: terminated, cancelled or timed out in Temporal Web.
 * @param since milliseconds since 1970; workflows that closed before have been handled
 * @returns the next `since`
 */
export async function closeLeftovers(
  context: ExecutionContext,
  connection: SystemConnection,
  since: number,
  signal: AbortSignal,
): Promise<number> {
  const now = Date.now();
  if (!(await hasOpenExecutions(connection, 500))) return now - overlapMs;
  const closed = await listClosedWorkflows(context, since);
  const open = await listOpenExecutions(connection, [...closed.keys()]);
  for (const row of open) {
    if (signal.aborted) return since;
    await stopAndClose(
      context,
      { tenantId: row.tenant_id, executionId: row.id },
      closed.get(row.id) ?? 'lost',
    );
  }
  await closeOverdue(context, connection, signal);
  return now - overlapMs;
}

async function listClosedWorkflows(
  { temporal: { client } }: ExecutionContext,
  since: number,
): Promise<Map<string, CloseReason>> {
  const query = `WorkflowType = '${executeToolWorkflowName}' AND ExecutionStatus IN ('Terminated', 'TimedOut', 'Canceled', 'Failed') AND CloseTime > '${new Date(since).toISOString()}'`;
  const found = new Map<string, CloseReason>();
  await within(client, temporalDeadlineMs, async () => {
    for await (const workflow of client.workflow.list({ query, pageSize: 500 })) {
      const id = executionIdOf(workflow.workflowId);
      if (id) found.set(id, reasons[workflow.status.name] ?? 'lost');
    }
  });
  return found;
}

/** Closes rows that no list showed: past their deadline or with a cancel requested, whose workflow may not exist. */
async function closeOverdue(
  context: ExecutionContext,
  connection: SystemConnection,
  signal: AbortSignal,
): Promise<void> {
  const { client } = context.temporal;
  for (const row of await listOverdueExecutions(connection, { graceMs: 5000, limit: 50 })) {
    if (signal.aborted) return;
    const handle = client.workflow.getHandle(executionWorkflowId({ toolName: row.tool_name, id: row.id }));
    const status = await within(client, temporalDeadlineMs, () => handle.describe())
      .then((description) => description.status.name as string)
      .catch((error: unknown) => {
        if (error instanceof WorkflowNotFoundError) return null;
        throw error;
      });
    if (status !== null && !(status in reasons)) {
      // The process that requested the cancel ended before it reached Temporal.
      if (row.cancel_requested_at) await within(client, temporalDeadlineMs, () => handle.cancel());
    } else {
      const reason = row.cancel_requested_at
        ? 'cancelled'
        : status === null
          ? 'lost'
          : (reasons[status] ?? 'lost');
      await stopAndClose(context, { tenantId: row.tenant_id, executionId: row.id }, reason);
    }
  }
}
