import type { ExecutionRow } from '../db/executions-row.ts';
import type { AttemptReport } from '../execution-contract.ts';

/** What the workflow of an ended execution reports. */
export function reportOf(
  row: Pick<ExecutionRow, 'status' | 'failure_code' | 'error_message'>,
): AttemptReport {
  if (row.status === 'succeeded') return { state: 'succeeded' };
  return { state: 'failed', code: row.failure_code ?? 'internal', message: row.error_message ?? 'Failed.' };
}
