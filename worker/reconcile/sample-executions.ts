import type { ExecutionRow } from '../../shared/executions/db/executions-row.ts';
import { listExecutionsAfter, listOpenExecutions } from '../../shared/executions/db/executions-sweep.ts';
import { closeOpenExecution, stopAndClose } from '../../shared/executions/server/close-open-execution.ts';
import type { ExecutionContext } from '../../shared/executions/server/execution-context.ts';
import { loadExecutionTool } from '../../shared/executions/server/execution-tool.ts';
import { startExecutionWorkflow } from '../../shared/executions/server/start-workflow.ts';
import type { SystemConnection } from '../../shared/platform/db/database.ts';
import { lookAtWorkflow } from '../../shared/platform/server/temporal/look-at-workflow.ts';
import { isRunOpen } from '../../shared/playbooks/db/playbook-runs.ts';
import { listRunsOfSteps } from '../../shared/playbooks/db/playbook-runs-sweep.ts';
import { reasonOf, workflowIdOf } from './close-leftovers.ts';
import { sampleRound } from './rolling-sample.ts';
import { openStallNotes } from './stalled.ts';

const runningMs = 3000;
/** Longer than a start takes; of a step, than the run takes that has written it. */
const requestedMs = 10_000;

/**
 * Compares open executions with their workflows, some in each round: a workflow that Temporal has lost starts again from
 * its row, where the claim of an attempt decides whether anything is sent; behind a closed one the row is closed.
 * @returns where the next round continues
 */
export async function sampleExecutions(
  context: ExecutionContext,
  connection: SystemConnection,
  from: string,
  signal: AbortSignal,
): Promise<string> {
  const notes = await openStallNotes(connection, 'execution');
  const look = async (row: ExecutionRow): Promise<boolean> => {
    const workflow = await lookAtWorkflow(context.temporal.client, workflowIdOf(row));
    await notes.keep(row, workflow);
    if (workflow.state === 'open') return false;
    const ids = { tenantId: row.tenant_id, executionId: row.id };
    if (workflow.state === 'closed') await stopAndClose(context, ids, reasonOf(row, workflow.status));
    else await startAgain(context, connection, row);
    return true;
  };
  const due = await listOpenExecutions(connection, notes.due);
  for (const id of notes.due) if (!due.some((row) => row.id === id)) await notes.forget(id);
  for (const row of due) await look(row);
  const next = (after: string, limit: number) =>
    listExecutionsAfter(connection, { after, runningMs, requestedMs, limit });
  return sampleRound({ next, look }, from, context.log, signal);
}

async function startAgain(
  context: ExecutionContext,
  connection: SystemConnection,
  row: ExecutionRow,
): Promise<void> {
  const ids = { tenantId: row.tenant_id, executionId: row.id };
  if (row.status === 'requested' && row.playbook_step_run_id) {
    const runs = await listRunsOfSteps(connection, [row.playbook_step_run_id]);
    const run = runs.get(row.playbook_step_run_id);
    if (run?.quarantined_at) return;
    if (!run || !isRunOpen(run)) {
      // No one waits for it any more, and nothing was sent.
      await closeOpenExecution(context, ids, 'cancelled');
      return;
    }
  }
  const tool = await loadExecutionTool(context, row);
  if (!tool) {
    await closeOpenExecution(context, ids, 'lost');
    return;
  }
  await startExecutionWorkflow(context, { execution: row, tool });
  context.log.info({ executionId: row.id }, 'the workflow of an execution was missing and starts again');
}
