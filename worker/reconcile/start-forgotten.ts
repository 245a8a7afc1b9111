import { type ExecutionRow, isTerminal } from '../../shared/executions/db/executions-row.ts';
import { listForgottenExecutions } from '../../shared/executions/db/executions-sweep.ts';
import { reportOf } from '../../shared/executions/server/attempt-report.ts';
import { closeOpenExecution } from '../../shared/executions/server/close-open-execution.ts';
import type { ExecutionContext } from '../../shared/executions/server/execution-context.ts';
import { loadExecutionTool } from '../../shared/executions/server/execution-tool.ts';
import {
  owedStartDeadlineMs,
  startExecutionWorkflow,
} from '../../shared/executions/server/start-workflow.ts';
import type { SystemConnection } from '../../shared/platform/db/database.ts';
import { lookAtWorkflow } from '../../shared/platform/server/temporal/look-at-workflow.ts';
import { reasonOf, workflowIdOf } from './close-leftovers.ts';

const waitedMs = 3000;
/** Longer than the process that owes a start may take for it, and for recording it. */
const owedMs = owedStartDeadlineMs + 2000;
const batch = 500;
/** At least as many as one tenant may start at once, so that a slow tenant leaves some to others. */
const lanes = 64;
/** Then the other sweeps have their turn. */
const roundMs = 5000;
/** A started workflow that no worker has picked up yet, because many are before it, is not started again every second. */
const retryAfterMs = 60_000;
/** One that could not be started lets others go first. */
const failedAfterMs = 3000;

/**
 * The outbox: starts the workflows of rows that have none because Temporal was unreachable or the process ended in
 * between. They share the places of this process for starts, behind its callers. The workflow of an execution that has
 * ended meanwhile closes at once.
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
  const until = performance.now() + roundMs;
  for (let full = true; full && !signal.aborted && performance.now() < until; ) {
    const except = [...later.keys()];
    const rows = await listForgottenExecutions(connection, { waitedMs, owedMs, limit: batch, except });
    full = rows.length === batch;
    await startAll(context, rows, later, signal);
  }
}

async function startAll(
  context: ExecutionContext,
  rows: ExecutionRow[],
  later: Map<string, number>,
  signal: AbortSignal,
): Promise<void> {
  const next = rows.values();
  let failures = 0;
  let started = 0;
  let reason: unknown;
  const lane = async () => {
    // The lanes share the iterator. When the first of each has failed, the rest would fail too.
    for (const row of next) {
      if (signal.aborted || (started === 0 && failures >= lanes)) return;
      try {
        await startOne(context, row, later);
        started += 1;
      } catch (error) {
        failures += 1;
        reason = error;
        const { id: executionId } = row;
        context.log.warn(
          { executionId, err: error },
          'an execution could not be started; it will be retried',
        );
      }
    }
  };
  await Promise.all(Array.from({ length: lanes }, lane));
  if (started === 0 && failures > 0) throw reason;
}

async function startOne(
  context: ExecutionContext,
  row: ExecutionRow,
  later: Map<string, number>,
): Promise<void> {
  const ids = { tenantId: row.tenant_id, executionId: row.id };
  later.set(row.id, Date.now() + failedAfterMs);
  const tool = await loadExecutionTool(context, row);
  if (!tool) {
    await closeOpenExecution(context, ids, 'lost');
    context.owed.started(row.id);
    return;
  }
  const free = await context.starts.take(row.tenant_id, { patient: true });
  try {
    // Eager, although a backlog is for all workers: it takes two thirds of the time, and one without a free slot is not eager.
    const report = isTerminal(row) ? reportOf(row) : null;
    const result = await startExecutionWorkflow(context, { execution: row, tool, report });
    if (result.started) later.set(row.id, Date.now() + retryAfterMs);
    // Its workflow has run and closed without changing the row.
    else if (!isTerminal(row)) {
      const workflow = await lookAtWorkflow(context.temporal.client, workflowIdOf(row));
      if (workflow.state === 'closed') await closeOpenExecution(context, ids, reasonOf(row, workflow.status));
    }
    context.owed.started(row.id);
  } finally {
    free();
  }
}
