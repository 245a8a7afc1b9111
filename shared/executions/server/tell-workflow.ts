import { WorkflowNotFoundError } from '@temporalio/client';
import { within } from '../../platform/server/temporal/within.ts';
import { markTold } from '../db/executions-approval.ts';
import type { ExecutionRow } from '../db/executions-row.ts';
import { approvalDecidedName, executionWorkflowId } from '../execution-contract.ts';
import type { ExecutionServices } from './execution-services.ts';

/**
 * Tells the workflow of an execution that it no longer waits for an approval. The workflow reads the row, so telling it
 * twice, or one that is closed, changes nothing. One that Temporal does not have is started by the reconciler, and reads it
 * then.
 * @param deadlineMs for Temporal
 * @throws when Temporal is unreachable; the reconciler tells it then
 */
export async function tellWorkflow(
  { db, temporal: { client } }: Pick<ExecutionServices, 'db' | 'temporal'>,
  row: Pick<ExecutionRow, 'id' | 'tenant_id' | 'tool_name'>,
  deadlineMs: number,
): Promise<void> {
  const handle = client.workflow.getHandle(executionWorkflowId({ toolName: row.tool_name, id: row.id }));
  await within(client, deadlineMs, () => handle.signal(approvalDecidedName)).catch((error: unknown) => {
    if (!(error instanceof WorkflowNotFoundError)) throw error;
  });
  await db.tenant(row.tenant_id, (connection) => markTold(connection, row.tenant_id, row.id));
}
