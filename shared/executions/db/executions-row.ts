import type { executionAttempt, toolExecution } from './tables.ts';

export type ExecutionRow = typeof toolExecution.$inferSelect;

type AttemptRow = typeof executionAttempt.$inferSelect;
export type AttemptStatus = AttemptRow['status'];

/** What is shown of an attempt. Its times are text, as in a JSON aggregate. */
export type AttemptJson = {
  [Column in keyof Omit<AttemptRow, OnlyForWorkers>]: DateAsText<AttemptRow[Column]>;
};
type OnlyForWorkers = 'execution_id' | 'tenant_id' | 'worker' | 'lease_until' | 'cleared';
type DateAsText<T> = T extends Date ? string : T;

export function isTerminal(row: Pick<ExecutionRow, 'status'>): boolean {
  return row.status === 'succeeded' || row.status === 'failed';
}
