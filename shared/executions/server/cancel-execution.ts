import { setTimeout as sleep } from 'node:timers/promises';
import type { Identity } from '../../identity/roles.ts';
import { InterlockError } from '../../platform/error-codes.ts';
import { within } from '../../platform/server/temporal/within.ts';
import { requestCancel } from '../db/executions-cancel.ts';
import { isTerminal } from '../db/executions-row.ts';
import { executionWorkflowId } from '../execution-contract.ts';
import type { Execution } from '../execution-schemas.ts';
import type { ExecutionContext } from './execution-context.ts';
import { countEndedLater } from './execution-metrics.ts';
import { toExecution } from './execution-view.ts';
import { mustReadExecution } from './read-executions.ts';

export interface CancelRequest {
  identity: Identity;
  executionId: string;
  requestId: string;
}

/** Longest wait for Temporal, and then for the call to stop. */
const cancelWaitMs = 2000;

/**
 * Requests a cancel and waits up to two seconds for the end. A call in progress decides the outcome.
 * @throws InterlockError `not_found`; `conflict` when it has ended
 */
export async function cancelExecution(
  context: ExecutionContext,
  { identity, executionId, requestId }: CancelRequest,
): Promise<Execution> {
  const before = await mustReadExecution(context, identity, executionId);
  const requested = await context.db.tenant(identity.tenantId, (connection) =>
    requestCancel(connection, { executionId, actor: identity.actor, requestId }),
  );
  if (!requested && isTerminal(before) && before.failure_code !== 'cancelled') {
    throw new InterlockError(
      'conflict',
      `This execution has already ended (${before.failure_code ?? before.status}).`,
    );
  }
  if (requested && isTerminal(requested)) countEndedLater(context, requested);
  const { client } = context.temporal;
  const handle = client.workflow.getHandle(
    executionWorkflowId({ toolName: before.tool_name, id: executionId }),
  );
  // Not started yet, already closed, or Temporal is unreachable: the row keeps the request, and the sweep follows it.
  await within(client, cancelWaitMs, () => handle.cancel()).catch(() => {});
  context.running.abort(executionId, 'cancelled');
  const until = performance.now() + cancelWaitMs;
  for (;;) {
    const row = await mustReadExecution(context, identity, executionId);
    if (isTerminal(row) || performance.now() > until) return toExecution(context, row);
    await sleep(50);
  }
}
