import { readExecution } from '../../executions/db/executions-read.ts';
import { executionStart } from '../../executions/execution-start.ts';
import { loadExecutionTool } from '../../executions/server/execution-tool.ts';
import { type RunRow, readRun } from '../db/playbook-runs.ts';
import { isStepFinal, type StepRow } from '../db/step-runs.ts';
import type { SettledStep, StepState } from '../playbook-contract.ts';
import { definitionOf } from '../steps/registry.ts';
import type { PlaybookContext } from './run-context.ts';
import { runStart } from './run-workflow.ts';
import { peopleOf } from './step-rules.ts';
import { runnerOf } from './step-runners.ts';

/** The state of a step, for its workflow. */
export async function stepState(context: PlaybookContext, run: RunRow, row: StepRow): Promise<StepState> {
  if (isStepFinal(row)) {
    const status = row.status as SettledStep['status'];
    return { state: 'settled', status, outcome: row.outcome };
  }
  if (row.status !== 'running') {
    return {
      state: 'waiting',
      who: peopleOf(row),
      sinceMs: row.opened_at.getTime(),
      wakeAtMs: wakeAtMs(row),
    };
  }
  if (definitionOf(row).inside?.together) return { state: 'groups' };
  return row.child_run_id ? runState(context, run, row.child_run_id) : toolState(context, run, row);
}

/** The execution that a running step waits for. */
export function runningExecution(row: StepRow): string | undefined {
  return runnerOf(row).runningExecution?.(row) ?? row.execution_ids.at(-1);
}

async function toolState(context: PlaybookContext, run: RunRow, row: StepRow): Promise<StepState> {
  const executionId = runningExecution(row);
  const execution =
    executionId &&
    (await context.db.tenant(run.tenant_id, (connection) =>
      readExecution(connection, run.tenant_id, executionId),
    ));
  const tool = execution && (await loadExecutionTool(context, execution));
  if (!execution || !tool) throw new Error('A running step has no execution');
  return { state: 'tool', child: executionStart(tool, execution) };
}

async function runState(context: PlaybookContext, run: RunRow, childRunId: string): Promise<StepState> {
  const child = await context.db.tenant(run.tenant_id, (connection) => readRun(connection, childRunId));
  if (!child) throw new Error('A running step has no run');
  return { state: 'run', child: runStart(child) };
}

/** The next time at which something is due on a waiting step. */
function wakeAtMs(row: StepRow): number | null {
  const own = runnerOf(row).wakeTimes?.(row) ?? [];
  const times = [
    row.remind_at?.getTime(),
    row.escalate_at?.getTime(),
    ...own.map((time) => time && Date.parse(time)),
  ].filter((time): time is number => typeof time === 'number');
  return times.length > 0 ? Math.min(...times) : null;
}
