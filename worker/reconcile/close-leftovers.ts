import type { ExecutionRow } from '../../shared/executions/db/executions-row.ts';
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
import { type ClosedStatus, lookAtWorkflow } from '../../shared/platform/server/temporal/look-at-workflow.ts';
import { within } from '../../shared/platform/server/temporal/within.ts';

/** How a workflow closed without settling its row. Those that ended by themselves settled it, in a newer database. */
const reasons: Record<ClosedStatus, CloseReason> = {
  TERMINATED: 'terminated',
  CANCELLED: 'cancelled',
  TIMED_OUT: 'timed_out',
  FAILED: 'unrecorded',
  COMPLETED: 'unrecorded',
};

export function reasonOf(row: Pick<ExecutionRow, 'cancel_requested_at'>, status: ClosedStatus): CloseReason {
  const reason = reasons[status];
  return row.cancel_requested_at && reason !== 'unrecorded' ? 'cancelled' : reason;
}
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
  const open = await listOpenExecutions(connection, closed);
  for (const row of open) {
    if (signal.aborted) return since;
    // It may have been started again since.
    const workflow = await lookAtWorkflow(context.temporal.client, workflowIdOf(row));
    if (workflow.state !== 'closed') continue;
    const ids = { tenantId: row.tenant_id, executionId: row.id };
    await stopAndClose(context, ids, reasonOf(row, workflow.status));
  }
  await closeOverdue(context, connection, signal);
  return now - overlapMs;
}

async function listClosedWorkflows(
  { temporal: { client } }: ExecutionContext,
  since: number,
): Promise<string[]> {
  const query = `WorkflowType = '${executeToolWorkflowName}' AND ExecutionStatus IN ('Terminated', 'TimedOut', 'Canceled', 'Failed') AND CloseTime > '${new Date(since).toISOString()}'`;
  const found = new Set<string>();
  await within(client, temporalDeadlineMs, async () => {
    for await (const workflow of client.workflow.list({ query, pageSize: 500 })) {
      const id = executionIdOf(workflow.workflowId);
      if (id) found.add(id);
    }
  });
  return [...found];
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
    const workflowId = workflowIdOf(row);
    const workflow = await lookAtWorkflow(client, workflowId);
    // The process that requested the cancel ended before it reached Temporal.
    if (workflow.state === 'open') {
      if (row.cancel_requested_at)
        await within(client, temporalDeadlineMs, () => client.workflow.getHandle(workflowId).cancel());
      continue;
    }
    const missing = row.cancel_requested_at ? 'cancelled' : 'lost';
    const reason = workflow.state === 'closed' ? reasonOf(row, workflow.status) : missing;
    await stopAndClose(context, { tenantId: row.tenant_id, executionId: row.id }, reason);
  }
}

export const workflowIdOf = (row: Pick<ExecutionRow, 'id' | 'tool_name'>): string =>
  executionWorkflowId({ toolName: row.tool_name, id: row.id });
