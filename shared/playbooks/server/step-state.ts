import { readBatch } from '../../batches/db/batches.ts';
import { readExecution } from '../../executions/db/executions-read.ts';
import { executionStart } from '../../executions/execution-start.ts';
import { loadExecutionTool } from '../../executions/server/execution-tool.ts';
import { traceToCarry } from '../../platform/server/tracing/tracing.ts';
import { type RunRow, readRun } from '../db/playbook-runs.ts';
import { isStepFinal, isStepOpen, listStepRuns, type StepRow } from '../db/step-runs.ts';
import type { SettledStep, StepDoing, StepState } from '../playbook-contract.ts';
import { definitionOf } from '../steps/registry.ts';
import type { PlaybookContext } from './run-context.ts';
import { runStart } from './run-workflow.ts';
import { runningExecution } from './running-execution.ts';
import { notApproved, peopleOf } from './step-rules.ts';
import { runnerOf } from './step-runners.ts';

/** The state of a step, for its workflow. */
export async function stepState(context: PlaybookContext, run: RunRow, row: StepRow): Promise<StepState> {
  return { ...(await doing(context, run, row)), revision: row.revision };
}

async function doing(context: PlaybookContext, run: RunRow, row: StepRow): Promise<StepDoing> {
  if (isStepFinal(row)) {
    const status = row.status as SettledStep['status'];
    return { state: 'settled', status, outcome: row.outcome };
  }
  if (row.status !== 'running') {
    const held = await approvalsHolding(context, run, row);
    const times = [row, ...held].flatMap(wakeTimes);
    return {
      state: 'waiting',
      who: peopleOf(held[0] ?? row),
      sinceMs: row.opened_at.getTime(),
      wakeAtMs: times.length > 0 ? Math.min(...times) : null,
    };
  }
  if (definitionOf(row).inside?.together) return { state: 'groups' };
  if (row.batch_id) return batchState(context, run, row.batch_id);
  return row.child_run_id ? runState(context, run, row.child_run_id) : toolState(context, run, row);
}

async function toolState(context: PlaybookContext, run: RunRow, row: StepRow): Promise<StepDoing> {
  const executionId = runningExecution(row);
  const execution =
    executionId &&
    (await context.db.tenant(run.tenant_id, (connection) =>
      readExecution(connection, run.tenant_id, executionId),
    ));
  const tool = execution && (await loadExecutionTool(context, execution));
  if (!execution || !tool) throw new Error('A running step has no execution');
  const traceparent = traceToCarry();
  return {
    state: 'tool',
    child: { ...executionStart(tool, execution), ...(traceparent && { traceparent }) },
  };
}

async function runState(context: PlaybookContext, run: RunRow, childRunId: string): Promise<StepDoing> {
  const child = await context.db.tenant(run.tenant_id, (connection) => readRun(connection, childRunId));
  if (!child) throw new Error('A running step has no run');
  return { state: 'run', child: runStart(child) };
}

async function batchState(context: PlaybookContext, run: RunRow, batchId: string): Promise<StepDoing> {
  const batch = await context.db.tenant(run.tenant_id, (connection) => readBatch(connection, batchId));
  if (!batch) throw new Error('A running step has no batch');
  return { state: 'batch', child: { batchId, round: batch.round, total: batch.total } };
}

/** The approvals that are open again and hold a call: the workflow waits at the call, so it wakes for them too. */
export async function approvalsHolding(
  { db }: Pick<PlaybookContext, 'db'>,
  run: RunRow,
  call: StepRow,
): Promise<StepRow[]> {
  if (call.failure_code !== notApproved) return [];
  const rows = await db.tenant(run.tenant_id, (connection) => listStepRuns(connection, [run.id]));
  return rows.filter(
    (row) => isStepOpen(row) && row.covers?.calls.some(({ stepId }) => stepId === call.step_id),
  );
}

/** When something is due on a waiting step. */
function wakeTimes(row: StepRow): number[] {
  const own = runnerOf(row).wakeTimes?.(row) ?? [];
  return [
    row.remind_at?.getTime(),
    row.escalate_at?.getTime(),
    ...own.map((time) => time && Date.parse(time)),
  ].filter((time): time is number => typeof time === 'number');
}
