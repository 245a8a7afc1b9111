import type { Json } from '../../platform/json-text.ts';
import type { executionAttempt, toolExecution } from './tables.ts';

type StoredRow = typeof toolExecution.$inferSelect;

/** A payload is a text where it is large and was only passed on. */
export type ExecutionRow = Omit<StoredRow, 'input_payload' | 'output_payload'> & {
  input_payload: Json;
  output_payload: Json | null;
};

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
