import type { executionAttempt, toolExecution } from './tables.ts';

export type ExecutionRow = typeof toolExecution.$inferSelect;

type AttemptRow = typeof executionAttempt.$inferSelect;
export type AttemptStatus = AttemptRow['status'];

/** A row of `execution_attempt` inside a JSON aggregate: its times are text. */
export type AttemptJson = {
  [Column in keyof Omit<AttemptRow, 'execution_id' | 'tenant_id'>]: DateAsText<AttemptRow[Column]>;
};
type DateAsText<T> = T extends Date ? string : T;

export function isTerminal(row: Pick<ExecutionRow, 'status'>): boolean {
  return row.status === 'succeeded' || row.status === 'failed';
}
