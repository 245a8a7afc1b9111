import type { Issue } from '../../platform/error-codes.ts';
import type { JsonValue } from '../../platform/json.ts';
import type { ExecutionStatus, FailureCode } from '../failure-codes.ts';

/** A row of `tool_execution` as the statements of this feature return it. */
export interface ExecutionRow {
  id: string;
  tenant_id: string;
  tool_id: string;
  tool_name: string;
  tool_title: string;
  tool_version: number;
  status: ExecutionStatus;
  failure_code: FailureCode | null;
  failure_retryable: boolean | null;
  error_message: string | null;
  issues: Issue[] | null;
  requested_by_actor_type: 'user' | 'api_key' | 'system';
  requested_by_actor_id: string;
  requested_by_actor_name: string;
  exception_id: string | null;
  playbook_step_run_id: string | null;
  input_payload: JsonValue;
  input_sealed: Buffer | null;
  output_payload: JsonValue;
  preview_digest: string | null;
  idempotency_key: string | null;
  rerun_of: string | null;
  attempts: number;
  max_attempts: number;
  deadline_at: Date;
  cancel_requested_at: Date | null;
  created_at: Date;
  started_at: Date | null;
  completed_at: Date | null;
  updated_at: Date;
}

export type AttemptStatus = 'running' | 'succeeded' | 'failed' | 'unknown';

/** A row of `execution_attempt` inside a JSON aggregate: its times are text. */
export interface AttemptJson {
  number: number;
  status: AttemptStatus;
  http_status: number | null;
  error_code: string | null;
  error_message: string | null;
  will_retry_at: string | null;
  worker: string;
  started_at: string;
  ended_at: string | null;
}

export function isTerminal(row: Pick<ExecutionRow, 'status'>): boolean {
  return row.status === 'succeeded' || row.status === 'failed';
}
