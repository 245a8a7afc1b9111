import type { ExecutionRow } from '../../shared/executions/db/executions-row.ts';
import { listForgottenExecutions } from '../../shared/executions/db/executions-sweep.ts';
import { closeOpenExecution } from '../../shared/executions/server/close-open-execution.ts';
import type { ExecutionContext } from '../../shared/executions/server/execution-context.ts';
import { loadExecutionTool } from '../../shared/executions/server/execution-tool.ts';
import { startExecutionWorkflow } from '../../shared/executions/server/start-workflow.ts';
import type { SystemConnection } from '../../shared/platform/db/database.ts';
import { lookAtWorkflow } from '../../shared/platform/server/temporal/look-at-workflow.ts';
import { reasonOf, workflowIdOf } from './close-leftovers.ts';

const olderThanMs = 3000;
const batch = 200;
const atOnce = 8;
/** A started workflow that no worker has picked up yet is not started again every second. */
const retryAfterMs = 30_000;
/** One that could not be started lets others go first. */
const failedAfterMs = 3000;

/**
 * The outbox: starts rows that have no workflow because Temporal was unreachable or the process ended in between.
 * @param later when this process may start each of these rows again
 * @throws when nothing can be started: Temporal is unreachable
 */
export async function startForgotten(
  context: ExecutionContext,
  connection: SystemConnection,
  later: Map<string, number>,
  signal: AbortSignal,
): Promise<void> {
  const now = Date.now();
  for (const [id, at] of later) if (at <= now) later.delete(id);
  const rows = await listForgottenExecutions(connection, {
    olderThanMs,
    limit: batch,
    except: [...later.keys()],
  });
  const startOne = async (row: ExecutionRow) => {
    const ids = { tenantId: row.tenant_id, executionId: row.id };
    later.set(row.id, now + failedAfterMs);
    const tool = await loadExecutionTool(context, row);
    if (!tool) {
      await closeOpenExecution(context, ids, 'lost');
      return;
    }
    const result = await startExecutionWorkflow(context, { execution: row, tool });
    if (result.started) later.set(row.id, now + retryAfterMs);
    // Its workflow has run and closed without changing the row.
    else {
      const workflow = await lookAtWorkflow(context.temporal.client, workflowIdOf(row));
      if (workflow.state === 'closed') await closeOpenExecution(context, ids, reasonOf(row, workflow.status));
    }
  };
  for (let at = 0; at < rows.length && !signal.aborted; at += atOnce) {
    const results = await Promise.allSettled(rows.slice(at, at + atOnce).map(startOne));
    const failed = results.filter((result) => result.status === 'rejected');
    if (failed.length === results.length) throw failed[0]!.reason;
    for (const { reason } of failed)
      context.log.warn({ reason: String(reason) }, 'an execution could not be started; it will be retried');
  }
}
