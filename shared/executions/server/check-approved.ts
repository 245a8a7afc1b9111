import { InterlockError } from '../../platform/error-codes.ts';
import { readDraftVersion } from '../../tools/db/tools.ts';
import { loadTool } from '../../tools/server/tool-service.ts';
import { type ApprovalJson, readApproval } from '../db/executions-approval.ts';
import type { ExecutionRow } from '../db/executions-row.ts';
import { approvals } from './approval-rules.ts';
import { checkPolicies } from './check-policies.ts';
import type { ExecutionContext } from './execution-context.ts';
import { openInput } from './execution-input.ts';
import { loadExecutionTool } from './execution-tool.ts';
import { checkDigest, prepareCall } from './prepare-execution.ts';
import type { PreparedCall } from './prepared-call.ts';

type PrepareContext = Pick<ExecutionContext, 'db' | 'vault' | 'digest' | 'personal'>;

/**
 * The call of an execution as it would be sent now: the tool is available, and the request is the one that was accepted.
 * @throws InterlockError when policy, tool, input or credential no longer allow this call
 */
export async function prepareStored(context: PrepareContext, row: ExecutionRow): Promise<PreparedCall> {
  const tool = await loadExecutionTool(context, row);
  if (!tool) throw new InterlockError('not_found', 'The tool is no longer available to this organization.');
  if (tool.archived) throw new InterlockError('disabled', 'The tool was archived before the call.');
  if (!tool.enabled) throw new InterlockError('disabled', 'The tool was disabled before the call.');
  const call = await prepareCall(context, tool, await openInput(context, row));
  await checkPolicies(context, row, call);
  checkDigest(context, call, row.preview_digest);
  return call;
}

/**
 * The call that people approve, as it would be sent now. A tool or a connector that was changed meanwhile would not send it
 * any more, so what was shown is no longer what the organization wants to send.
 * @throws InterlockError as `prepareStored`; `preview_changed` when the tool or its connector was changed
 */
export async function prepareShown(
  context: PrepareContext,
  row: ExecutionRow,
  approval: Pick<ApprovalJson, 'current_version'>,
): Promise<PreparedCall> {
  const now = await loadTool(context.db, row.tenant_id, row.tool_id, { version: row.tool_version });
  const changed = (what: string) =>
    new InterlockError('preview_changed', `${what} was changed after the approval was asked for.`);
  if (now && now.currentVersion !== approval.current_version) throw changed('The tool');
  if (row.test && now?.draft) {
    const draft = await context.db.tenant(row.tenant_id, (connection) =>
      readDraftVersion(connection, row.tool_id),
    );
    if (draft !== row.tool_version) throw changed('The draft');
  }
  if (now && now.connectorRevision !== row.connector_revision) throw changed('The connector of the tool');
  return prepareStored(context, row);
}

/**
 * The last look before an execution begins that people had to approve.
 * @throws InterlockError as `prepareShown`; `forbidden` when it was not approved by enough people
 */
export async function prepareApproved(context: PrepareContext, row: ExecutionRow): Promise<PreparedCall> {
  const approval = await context.db.tenant(row.tenant_id, (connection) => readApproval(connection, row.id));
  if (!approval || row.approval_status !== 'approved' || approvals(approval).length < approval.required)
    throw new InterlockError('forbidden', 'It was not approved.');
  return prepareShown(context, row, approval);
}
