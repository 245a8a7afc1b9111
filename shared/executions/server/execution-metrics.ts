import { counter, histogram, level } from '../../platform/server/metrics.ts';
import type { ExecutionRow } from '../db/executions-row.ts';
import type { FailureCode } from '../failure-codes.ts';
import type { ExecutionContext } from './execution-context.ts';
import { loadExecutionTool } from './execution-tool.ts';

const ended = counter(
  'interlock_executions_ended_total',
  'Executions that have ended in this process, by type of the tool and outcome',
  ['tool_type', 'outcome'],
);

/** From the request to the end, waits for retries and approvals included. */
const duration = histogram(
  'interlock_execution_duration_seconds',
  'Duration of executions, from the request to the end, by type of the tool',
  ['tool_type'],
  [0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 300, 3_600],
);

export const providerCalls = histogram(
  'interlock_provider_call_duration_seconds',
  'Duration of calls to providers, by type of the tool and result',
  ['tool_type', 'result'],
  [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60],
);

export const callsInProgress = level('interlock_calls_in_progress', 'Calls to providers in progress', [
  'tool_type',
]);

type Ended = Pick<ExecutionRow, 'failure_code' | 'created_at' | 'completed_at'>;

/** Call it once for each execution that ends, after the commit. */
export function countEnded(toolType: string, { failure_code, created_at, completed_at }: Ended): void {
  ended.inc({ tool_type: toolType, outcome: failure_code ?? 'succeeded' });
  if (completed_at)
    duration.observe({ tool_type: toolType }, (completed_at.getTime() - created_at.getTime()) / 1_000);
}

/** The same where the tool is not at hand. Nothing waits for it. */
export function countEndedLater(
  context: Pick<ExecutionContext, 'db'>,
  row: Ended & Parameters<typeof loadExecutionTool>[1],
  outcome: FailureCode | null = row.failure_code,
): void {
  const count = (toolType: string) => countEnded(toolType, { ...row, failure_code: outcome });
  loadExecutionTool(context, row).then(
    (tool) => count(tool?.definition.type ?? 'unknown'),
    () => count('unknown'),
  );
}
