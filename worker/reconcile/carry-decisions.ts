import {
  expireApproval,
  listExpiredApprovals,
  listUntold,
} from '../../shared/executions/db/executions-approval.ts';
import type { ExecutionContext } from '../../shared/executions/server/execution-context.ts';
import { countEndedLater } from '../../shared/executions/server/execution-metrics.ts';
import { tellWorkflow } from '../../shared/executions/server/tell-workflow.ts';
import type { SystemConnection } from '../../shared/platform/db/database.ts';

const batch = 100;
const temporalDeadlineMs = 5000;
/** Longer than the process that took the decision tries itself. */
const olderThanMs = 3000;
const failedAfterMs = 3000;

/** Ends executions whose approval has expired; their workflows are told as those of other decisions. */
export async function expireApprovals(
  context: ExecutionContext,
  connection: SystemConnection,
): Promise<void> {
  for (const { execution_id: id, tenant_id } of await listExpiredApprovals(connection, batch)) {
    const ended = await context.db.tenant(tenant_id, (own) => expireApproval(own, id));
    if (!ended) continue;
    countEndedLater(context, ended);
    context.waiters.settled(id);
  }
}

/**
 * Tells workflows of decisions that did not reach them: Temporal was unreachable, or the process ended in between. One that
 * Temporal does not have reads the decision when it starts again.
 * @param later when this process may try each of them again
 * @throws when Temporal is unreachable
 */
export async function carryDecisions(
  context: ExecutionContext,
  connection: SystemConnection,
  later: Map<string, number>,
  signal: AbortSignal,
): Promise<void> {
  const now = Date.now();
  for (const [id, at] of later) if (at <= now) later.delete(id);
  for (const row of await listUntold(connection, { olderThanMs, limit: batch, except: [...later.keys()] })) {
    if (signal.aborted) return;
    later.set(row.id, now + failedAfterMs);
    await tellWorkflow(context, row, temporalDeadlineMs);
  }
}
