import type { StepRow } from '../db/step-runs.ts';
import { runnerOf } from './step-runners.ts';

/** The execution that a running step waits for. */
export function runningExecution(row: StepRow): string | undefined {
  return runnerOf(row).runningExecution?.(row) ?? row.execution_ids.at(-1);
}
