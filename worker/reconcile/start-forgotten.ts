import type { ExecutionRow } from '../../shared/executions/db/executions-row.ts';
import { listForgottenExecutions } from '../../shared/executions/db/executions-sweep.ts';
import { closeOpenExecution } from '../../shared/executions/server/close-open-execution.ts';
import type { ExecutionServices } from '../../shared/executions/server/execution-services.ts';
import { type ExecutionContext, loadExecutionTool } from '../../shared/executions/server/execution-tool.ts';
import { startExecutionWorkflow } from '../../shared/executions/server/start-workflow.ts';
import type { SystemConnection } from '../../shared/platform/db/database.ts';

const olderThanMs = 3000;
const batch = 200;
const atOnce = 8;
/** A start that no worker has taken up yet need not be repeated every second. */
const again = 30_000;

/**
 * The outbox: rows whose workflow was never started, because Temporal was away or the process ended in between.
 * @param started when each row was started last by this process
 */
export async function startForgotten(
  services: ExecutionServices,
  context: ExecutionContext,
  connection: SystemConnection,
  started: Map<string, number>,
  signal: AbortSignal,
): Promise<void> {
  const now = Date.now();
  for (const [id, at] of started) if (now - at > again) started.delete(id);
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
    const result = await startExecutionWorkflow(services, { execution: row, tool });
    if (result.started) started.set(row.id, now);
    // Its workflow has run and closed without a trace on the row.
    else await closeOpenExecution(context, ids, 'terminated');
  };
  for (let at = 0; at < rows.length && !signal.aborted; at += atOnce) {
    await Promise.all(rows.slice(at, at + atOnce).map(startOne));
  }
}
