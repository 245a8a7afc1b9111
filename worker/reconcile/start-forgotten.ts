import type { ExecutionRow } from '../../shared/executions/db/executions-row.ts';
import { listForgottenExecutions } from '../../shared/executions/db/executions-sweep.ts';
import { closeOpenExecution } from '../../shared/executions/server/close-open-execution.ts';
import type { ExecutionContext } from '../../shared/executions/server/execution-context.ts';
import { loadExecutionTool } from '../../shared/executions/server/execution-tool.ts';
import { startExecutionWorkflow } from '../../shared/executions/server/start-workflow.ts';
import type { SystemConnection } from '../../shared/platform/db/database.ts';

const olderThanMs = 3000;
const batch = 200;
const atOnce = 8;
/** A started workflow that no worker has picked up yet is not started again every second. */
const retryAfterMs = 30_000;

/**
 * The outbox: starts rows that have no workflow because Temporal was unreachable or the process ended in between.
 * @param started when this process last started each row
 */
export async function startForgotten(
  context: ExecutionContext,
  connection: SystemConnection,
  started: Map<string, number>,
  signal: AbortSignal,
): Promise<void> {
  const now = Date.now();
  for (const [id, at] of started) if (now - at > retryAfterMs) started.delete(id);
  const rows = await listForgottenExecutions(connection, {
    olderThanMs,
    limit: batch,
    except: [...started.keys()],
  });
  const startOne = async (row: ExecutionRow) => {
    const ids = { tenantId: row.tenant_id, executionId: row.id };
    const tool = await loadExecutionTool(context, row);
    if (!tool) {
      await closeOpenExecution(context, ids, 'lost');
      return;
    }
    const result = await startExecutionWorkflow(context, { execution: row, tool });
    if (result.started) started.set(row.id, now);
    // Its workflow has run and closed without changing the row.
    else await closeOpenExecution(context, ids, 'terminated');
  };
  for (let at = 0; at < rows.length && !signal.aborted; at += atOnce) {
    await Promise.all(rows.slice(at, at + atOnce).map(startOne));
  }
}
