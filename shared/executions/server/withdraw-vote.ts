import { tell } from '../../events/server/tell.ts';
import type { Identity } from '../../identity/roles.ts';
import { InterlockError } from '../../platform/error-codes.ts';
import { deleteVote, lockExecution, readApproval } from '../db/executions-approval.ts';
import type { Execution } from '../execution-schemas.ts';
import { approvals, ownVote, refuse, refusedByApproval } from './approval-rules.ts';
import type { ExecutionContext } from './execution-context.ts';
import { getExecution, mustReadExecution } from './read-executions.ts';

export interface WithdrawRequest {
  identity: Identity;
  executionId: string;
  reason: string | null;
  requestId: string;
}

/**
 * Withdraws the approval of a person while the execution still waits for others; they may vote again. The log keeps both.
 * @throws InterlockError `not_found`; `conflict` when it no longer waits, or this person has not approved
 */
export async function withdrawVote(context: ExecutionContext, request: WithdrawRequest): Promise<Execution> {
  const { identity, executionId, requestId } = request;
  const { tenantId } = identity;
  const seen = await mustReadExecution(context, identity, executionId);
  if (!seen.approval)
    throw new InterlockError('conflict', 'This execution needs no approval. Nothing was done.');
  // Events keep it for good.
  const reason = request.reason && (await context.written.note(tenantId, request.reason));
  await context.db.tenantTransaction(tenantId, async (connection) => {
    const row = (await lockExecution(connection, executionId))!;
    // After the lock, so that it is not the last vote that was missing.
    const approval = (await readApproval(connection, executionId))!;
    refuse(refusedByApproval(row, approval, row.approval_over ?? false));
    const own = ownVote(approval, identity);
    if (!own)
      throw new InterlockError('conflict', 'You have not approved this execution. Nothing was withdrawn.');
    await deleteVote(connection, executionId, own.person);
    await tell(
      connection,
      { identity, requestId },
      {
        type: 'ToolExecutionApprovalWithdrawn',
        subjectType: 'execution',
        subjectId: executionId,
        exceptionId: row.exception_id,
        data: {
          votes: approvals(approval).length - 1,
          required: approval.required,
          ...(reason && { reason }),
        },
      },
    );
  });
  return getExecution(context, identity, executionId);
}
