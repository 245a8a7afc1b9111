import { WorkflowNotFoundError } from '@temporalio/client';
import type { ExecutionRow } from '../../shared/executions/db/executions-row.ts';
import {
  executionSweep,
  inSweep,
  listExecutionEnds,
  listExecutionsAfter,
  newestExecutionTime,
} from '../../shared/executions/db/executions-sweep.ts';
import { executionIdOf } from '../../shared/executions/execution-contract.ts';
import { closeOpenExecution } from '../../shared/executions/server/close-open-execution.ts';
import type { ExecutionContext } from '../../shared/executions/server/execution-context.ts';
import { loadExecutionTool } from '../../shared/executions/server/execution-tool.ts';
import { startExecutionWorkflow } from '../../shared/executions/server/start-workflow.ts';
import type { SystemConnection } from '../../shared/platform/db/database.ts';
import { within } from '../../shared/platform/server/temporal/within.ts';
import type { RunRow } from '../../shared/playbooks/db/playbook-runs.ts';
import { listRunsAfter, runSweep } from '../../shared/playbooks/db/playbook-runs-sweep.ts';
import { runIdOf } from '../../shared/playbooks/playbook-contract.ts';
import { holdRun } from '../../shared/playbooks/server/end-run.ts';
import { startRunWorkflow } from '../../shared/playbooks/server/run-workflow.ts';
import { retrySafety } from '../../shared/tools/providers/registry.ts';
import { type ListedWorkflow, listAllWorkflows } from './list-workflows.ts';
import { fromStart } from './rolling-sample.ts';

/** Which side was restored from an older copy than the other one. */
export type OlderSide = 'database' | 'temporal';

/** What was found and done. */
export interface RestoreReport {
  older: OlderSide;
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
const reasons: Record<OlderSide, string> = {
  database: 'The database was restored from an older copy.',
  temporal: 'Temporal was restored from an older copy.',
};

/**
 * Brings Temporal in line with the database after one of them was restored from an older copy, while no process of
 * Interlock runs. Every open workflow is ended, and what is open in the database starts again from its rows. With an
 * older database, a call that may have been made after the copy is not made again: its execution is `outcome_unknown`,
 * and a run whose execution is lost is paused. It may be done again.
 * @throws Error when a process of Interlock holds the lock of the reconciler
 */
export async function afterRestore(context: ExecutionContext, older: OlderSide): Promise<RestoreReport> {
  let report: RestoreReport | null = null;
  await context.db.system((connection) =>
    inSweep(connection, executionSweep, true, async () => {
      await inSweep(connection, runSweep, true, async () => {
        report = await align(context, connection, older);
      });
    }),
  );
  if (!report)
    throw new Error('A process of Interlock is running. Nothing was changed. Stop every process first.');
  return report;
}

async function align(
  context: ExecutionContext,
  connection: SystemConnection,
  older: OlderSide,
): Promise<RestoreReport> {
  const lost = older === 'database' ? await findLost(context, connection) : [];
  const terminatedWorkflows = await terminateAll(context, reasons[older]);
  const unknownExecutions: string[] = [];
  let startedExecutions = 0;
  for await (const row of pages((after) => executionsAfter(connection, after))) {
    if (await startAgain(context, row, older)) startedExecutions++;
    else unknownExecutions.push(row.id);
  }
  const lostOfRun = new Map(lost.map((each) => [each.parentId && runIdOf(each.parentId), each.workflowId]));
  const pausedRuns: string[] = [];
  let startedRuns = 0;
  for await (const run of pages((after) => listRunsAfter(connection, { after, limit: perPage }))) {
    const workflowId = lostOfRun.get(run.id);
    if (workflowId) {
      await pause(context, run, workflowId);
      pausedRuns.push(run.id);
    }
    await startRunWorkflow(context, run, { again: true });
    startedRuns++;
  }
  return {
    older,
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

/** Executions that were requested after the copy, and so after the newest one in it. */
async function findLost(context: ExecutionContext, connection: SystemConnection): Promise<ListedWorkflow[]> {
  const newest = await newestExecutionTime(connection);
  const since = new Date(Math.max(0, (newest?.getTime() ?? 0) - overlapMs)).toISOString();
  const started = await listAllWorkflows(context, `StartTime > '${since}'`);
  const executions = started.filter(({ workflowId }) => executionIdOf(workflowId));
  const known = await listExecutionEnds(
    connection,
    executions.map((each) => each.subjectId),
  );
  return executions.filter(({ subjectId }) => !known.has(subjectId));
}

async function terminateAll(context: ExecutionContext, reason: string): Promise<number> {
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

/**
 * Starts an execution again, where the claim of an attempt decides whether anything is sent.
 * @returns false when the claims of an older database cannot tell: the outcome is unknown then
 */
async function startAgain(context: ExecutionContext, row: ExecutionRow, older: OlderSide): Promise<boolean> {
  const ids = { tenantId: row.tenant_id, executionId: row.id };
  const tool = await loadExecutionTool(context, row);
  if (tool && (older === 'temporal' || retrySafety(tool.definition).safe)) {
    await startExecutionWorkflow(context, { execution: row, tool, again: true });
    return true;
  }
  await closeOpenExecution(context, ids, tool ? 'unrecorded' : 'lost');
  return false;
}

async function pause(context: ExecutionContext, run: RunRow, workflowId: string): Promise<void> {
  if (run.paused_at) return;
  await holdRun(
    context,
    { tenantId: run.tenant_id, runId: run.id },
    {
      by: 'Interlock',
      reason: `${reasons.database} ${workflowId} began after it and may have made its call: check with the provider, then resume`,
    },
  );
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
