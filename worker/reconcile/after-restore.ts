import { WorkflowNotFoundError } from '@temporalio/client';
import { latestEventTime } from '../../shared/events/db/latest-event.ts';
import type { ExecutionRow } from '../../shared/executions/db/executions-row.ts';
import {
  listExecutionEnds,
  listExecutionsAfter,
  withSweepLock,
} from '../../shared/executions/db/executions-sweep.ts';
import { executionIdOf } from '../../shared/executions/execution-contract.ts';
import { closeOpenExecution } from '../../shared/executions/server/close-open-execution.ts';
import type { ExecutionContext } from '../../shared/executions/server/execution-context.ts';
import { loadExecutionTool } from '../../shared/executions/server/execution-tool.ts';
import { startExecutionWorkflow } from '../../shared/executions/server/start-workflow.ts';
import type { SystemConnection } from '../../shared/platform/db/database.ts';
import { within } from '../../shared/platform/server/temporal/within.ts';
import type { RunRow } from '../../shared/playbooks/db/playbook-runs.ts';
import { listRunsAfter } from '../../shared/playbooks/db/playbook-runs-sweep.ts';
import { runIdOf } from '../../shared/playbooks/playbook-contract.ts';
import { holdRun } from '../../shared/playbooks/server/end-run.ts';
import { startRunWorkflow } from '../../shared/playbooks/server/run-workflow.ts';
import { retrySafety } from '../../shared/tools/providers/registry.ts';
import { type ListedWorkflow, listAllWorkflows } from './list-workflows.ts';
import { fromStart } from './rolling-sample.ts';

/** What was found and done after the database was restored from an older copy. */
export interface RestoreReport {
  /** The newest event of the copy, ISO 8601; null: it has none. */
  copyEnds: string | null;
  terminatedWorkflows: number;
  /** Executions of the copy that are `outcome_unknown` now: they may have been made after it. */
  unknownExecutions: string[];
  startedExecutions: number;
  startedRuns: number;
  pausedRuns: string[];
  /** Executions that Temporal knows and the copy does not: their calls may have been made. */
  lostExecutions: {
    executionId: string;
    workflowId: string;
    tenantId: string | null;
    startedAt: string;
    /** Of the playbook run that requested it. */
    runId: string | null;
  }[];
}

const temporalDeadlineMs = 5000;
const perPage = 200;
/** Clocks differ, and Temporal's times are those of its server. */
const overlapMs = 5 * 60_000;
const reason = 'The database was restored from an older copy.';

/**
 * Brings Temporal in line with a database that was restored from an older copy, while no process of Interlock runs.
 * Every open workflow is ended, and what is open in the copy starts again from its rows. A call that may have been made
 * after the copy is not made again: its execution is `outcome_unknown`, and a run whose execution is lost is paused.
 * Doing it again changes nothing more.
 * @throws Error when a process of Interlock holds the lock of the reconciler
 */
export async function afterRestore(context: ExecutionContext): Promise<RestoreReport> {
  let report: RestoreReport | null = null;
  await context.db.system((connection) =>
    withSweepLock(connection, 'executions', async () => {
      await withSweepLock(connection, 'runs', async () => {
        report = await align(context, connection);
      });
    }),
  );
  if (!report)
    throw new Error('A process of Interlock is running. Nothing was changed. Stop every process first.');
  return report;
}

async function align(context: ExecutionContext, connection: SystemConnection): Promise<RestoreReport> {
  const copyEnds = await latestEventTime(connection);
  const lost = await findLost(context, connection, copyEnds);
  const terminatedWorkflows = await terminateAll(context);
  const unknownExecutions: string[] = [];
  let startedExecutions = 0;
  for await (const row of pages((after) => executionsAfter(connection, after))) {
    if (await startIfSafe(context, row)) startedExecutions++;
    else unknownExecutions.push(row.id);
  }
  const lostOfRun = new Map(lost.map((each) => [each.parentId && runIdOf(each.parentId), each.workflowId]));
  const pausedRuns: string[] = [];
  let startedRuns = 0;
  for await (const run of pages((after) => listRunsAfter(connection, { after, limit: perPage }))) {
    const workflowId = lostOfRun.get(run.id);
    if (workflowId && (await pause(context, run, workflowId))) pausedRuns.push(run.id);
    await startRunWorkflow(context, run, { again: true });
    startedRuns++;
  }
  return {
    copyEnds: copyEnds?.toISOString() ?? null,
    terminatedWorkflows,
    unknownExecutions,
    startedExecutions,
    startedRuns,
    pausedRuns,
    lostExecutions: lost.map(({ workflowId, subjectId, tenantId, startedAt, parentId }) => ({
      executionId: subjectId,
      workflowId,
      tenantId: tenantId ?? null,
      startedAt: startedAt.toISOString(),
      runId: (parentId && runIdOf(parentId)) || null,
    })),
  };
}

/** Executions that started after the copy. */
async function findLost(
  context: ExecutionContext,
  connection: SystemConnection,
  copyEnds: Date | null,
): Promise<ListedWorkflow[]> {
  const since = new Date((copyEnds?.getTime() ?? 0) - overlapMs).toISOString();
  const started = await listAllWorkflows(context, `StartTime > '${since}'`);
  const executions = started.filter(({ workflowId }) => executionIdOf(workflowId));
  const known = await listExecutionEnds(
    connection,
    executions.map((each) => each.subjectId),
  );
  return executions.filter(({ subjectId }) => !known.has(subjectId));
}

async function terminateAll(context: ExecutionContext): Promise<number> {
  const { client } = context.temporal;
  const open = await listAllWorkflows(context, "ExecutionStatus = 'Running'");
  for (const { workflowId, runId } of open)
    await within(client, temporalDeadlineMs, () =>
      client.workflow.getHandle(workflowId, runId).terminate(reason),
    ).catch((error: unknown) => {
      if (!(error instanceof WorkflowNotFoundError)) throw error;
    });
  return open.length;
}

/** @returns false when a second call could act twice: its outcome is unknown then */
async function startIfSafe(context: ExecutionContext, row: ExecutionRow): Promise<boolean> {
  const tool = await loadExecutionTool(context, row);
  if (!tool || !retrySafety(tool.definition).safe) {
    await closeOpenExecution(
      context,
      { tenantId: row.tenant_id, executionId: row.id },
      tool ? 'unrecorded' : 'lost',
    );
    return false;
  }
  await startExecutionWorkflow(context, { execution: row, tool, again: true });
  return true;
}

async function pause(context: ExecutionContext, run: RunRow, workflowId: string): Promise<boolean> {
  if (run.paused_at) return false;
  await holdRun(
    context,
    { tenantId: run.tenant_id, runId: run.id },
    {
      by: 'Interlock',
      reason: `${reason} ${workflowId} began after it and may have made its call: check with the provider, then resume`,
    },
  );
  return true;
}

const executionsAfter = (connection: SystemConnection, after: string) =>
  listExecutionsAfter(connection, { after, runningMs: 0, requestedMs: 0, limit: perPage });

async function* pages<Row extends { id: string }>(
  read: (after: string) => Promise<Row[]>,
): AsyncGenerator<Row> {
  for (let after = fromStart; ; ) {
    const rows = await read(after);
    yield* rows;
    if (rows.length === 0) return;
    after = rows.at(-1)!.id;
  }
}
