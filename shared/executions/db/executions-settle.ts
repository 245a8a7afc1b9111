import type pg from 'pg';
import type { EventSubject, EventType } from '../../events/event-types.ts';
import { columnsOf } from '../../platform/db/columns-of.ts';
import type { SystemConnection, TenantConnection } from '../../platform/db/database.ts';
import type { Issue } from '../../platform/error-codes.ts';
import { type Json, writeJson } from '../../platform/json-text.ts';
import type { SentRequest, SentResponse } from '../execution-schemas.ts';
import type { Failure } from '../failure-codes.ts';
import { inFull } from '../failure-message.ts';
import { takeoverAt } from './executions-lease.ts';
import { type ExecutionWithAttempts, unlinked } from './executions-read.ts';
import type { AttemptStatus, ExecutionRow } from './executions-row.ts';
import { toolExecution } from './tables.ts';

/** The state of the execution after an attempt. All of it redacted. */
export type Settlement =
  | { status: 'succeeded'; output: Json }
  | { status: 'failed'; failure: Failure; output?: Json; issues?: Issue[] }
  /** Another attempt follows. */
  | { status: 'running'; willRetryAt: Date };

export interface SettledAttempt {
  number: number;
  status: Exclude<AttemptStatus, 'running'>;
  httpStatus?: number;
  error?: { code: string; message: string; reason?: string | null };
  /** Left out when nothing was sent. */
  request?: SentRequest | null;
  /** Left out when there was no response. */
  response?: SentResponse | null;
}

/** The credential whose secret an attempt opened. */
export interface UsedCredential {
  id: string;
  version: number;
}

interface LoggedEvent {
  type: EventType;
  subjectType: EventSubject;
  subjectId: string;
  data: Record<string, unknown>;
}

/**
 * Two guards: the attempt is unsettled, and it is the execution's latest. A late writer changes nothing. With `lost`, a
 * third one: its lease has ended. The time that a lost attempt took does not count.
 */
const settleText = (lost: boolean) => `
WITH attempt AS (
  UPDATE execution_attempt
  SET status = $4, http_status = $5, error_code = $6, error_message = $7, will_retry_at = $8, ended_at = now(),
    error_reason = $16, request = $17, response = $18
  WHERE execution_id = $2 AND number = $3 AND tenant_id = $1 AND status = 'running' ${lost ? `AND ${takeoverAt} <= now()` : ''}
  RETURNING started_at, ended_at
), row AS (
  UPDATE tool_execution t
  SET status = $9, failure_code = $10, failure_retryable = $11, error_message = $12, issues = $13, output_payload = $14,
    failure_reason = CASE WHEN $9 = 'failed' THEN $16 END,
    input_sealed = CASE WHEN $9 = 'running' THEN t.input_sealed END,
    ${lost ? `lost_attempts = t.lost_attempts + 1, deadline_at = t.deadline_at + (SELECT now() - started_at FROM attempt),` : ''}
    completed_at = CASE WHEN $9 <> 'running' THEN now() END, updated_at = now()
  WHERE t.id = $2 AND t.tenant_id = $1 AND t.status = 'running' AND t.attempts = $3 AND EXISTS (SELECT FROM attempt)
  RETURNING t.*
), logged AS (
  INSERT INTO event (tenant_id, type, subject_type, subject_id, exception_id, actor_type, actor_id, actor_name, data, door)
  SELECT row.tenant_id, e.type, e."subjectType", e."subjectId", row.exception_id, 'system', 'worker', 'Interlock', e.data, 'worker'
  FROM row, jsonb_to_recordset($15::jsonb) AS e(type text, "subjectType" text, "subjectId" text, data jsonb)
)
SELECT row.status, row.attempts, row.lost_attempts, row.deadline_at, row.cancel_requested_at, row.started_at, row.completed_at,
  row.updated_at, attempt.started_at AS attempt_started_at, attempt.ended_at AS attempt_ended_at FROM row, attempt`;
const ownText = settleText(false);
const lostText = settleText(true);

/** What settling changed, or others have since the claim. The rest is known to the caller, large values above all. */
export interface Settled
  extends Pick<
    ExecutionRow,
    | 'status'
    | 'attempts'
    | 'lost_attempts'
    | 'deadline_at'
    | 'cancel_requested_at'
    | 'started_at'
    | 'completed_at'
    | 'updated_at'
  > {
  attempt_started_at: Date;
  attempt_ended_at: Date;
}

/**
 * Records the outcome of an attempt: attempt, row and events in one statement.
 * @returns null when someone else has settled it
 */
export async function settleAttempt(
  connection: TenantConnection | SystemConnection,
  input: {
    tenantId: string;
    executionId: string;
    attempt: SettledAttempt;
    settlement: Settlement;
    credential?: UsedCredential | null;
    /** The worker of the attempt was lost; while its lease holds, nothing is written. */
    lost?: boolean;
  },
): Promise<Settled | null> {
  const { tenantId, executionId, attempt, settlement } = input;
  const events: LoggedEvent[] = [attemptedEvent(executionId, attempt, settlement)];
  if (input.credential) {
    const { id, version } = input.credential;
    const data = { executionId, attempt: attempt.number, version };
    events.push({ type: 'CredentialUsed', subjectType: 'credential', subjectId: id, data });
  }
  const ended = endedEvent(executionId, attempt, settlement);
  if (ended) events.push(ended);
  const [settled] = await connection.query<Settled & pg.QueryResultRow>({
    name: input.lost ? 'execution_settle_lost' : 'execution_settle',
    text: input.lost ? lostText : ownText,
    values: [
      tenantId,
      executionId,
      attempt.number,
      attempt.status,
      attempt.httpStatus ?? null,
      attempt.error?.code ?? null,
      attempt.error?.message ?? null,
      settlement.status === 'running' ? settlement.willRetryAt : null,
      ...settlementValues(settlement),
      JSON.stringify(events),
      attempt.error?.reason ?? null,
      attempt.request ? JSON.stringify(attempt.request) : null,
      attempt.response ? JSON.stringify(attempt.response) : null,
    ],
  });
  return settled ?? null;
}

/** The execution as it is after its first attempt has ended it. */
export function settledExecution(
  claimed: ExecutionRow,
  { attempt_started_at, attempt_ended_at, ...changed }: Settled,
  { attempt, settlement }: { attempt: SettledAttempt; settlement: Settlement },
): ExecutionWithAttempts {
  const failure = settlement.status === 'failed' ? settlement.failure : null;
  const { error, request = null, response = null } = attempt;
  return {
    ...claimed,
    ...changed,
    failure_code: failure?.code ?? null,
    failure_retryable: failure?.retryable ?? null,
    error_message: failure?.message ?? null,
    failure_reason: failure ? (error?.reason ?? null) : null,
    issues: settlement.status === 'failed' && settlement.issues?.length ? settlement.issues : null,
    input_sealed: null,
    output_payload: settlement.status === 'running' ? null : (settlement.output ?? null),
    attempt_rows: [
      {
        number: attempt.number,
        status: attempt.status,
        http_status: attempt.httpStatus ?? null,
        error_code: error?.code ?? null,
        error_message: error?.message ?? null,
        error_reason: error?.reason ?? null,
        request,
        response,
        will_retry_at: null,
        started_at: attempt_started_at.toISOString(),
        ended_at: attempt_ended_at.toISOString(),
      },
    ],
    ...unlinked,
    approval: null,
  };
}

const closeText = `
WITH attempt AS (
  UPDATE execution_attempt
  SET status = 'unknown', error_code = $5, error_message = $7, request = $10, ended_at = now()
  WHERE execution_id = $2 AND number = $3 AND tenant_id = $1 AND status = 'running' AND $9
    AND (NOT $11 OR ${takeoverAt} <= now())
  RETURNING number
), row AS (
  UPDATE tool_execution t
  SET status = 'failed', failure_code = $5, failure_retryable = $6, error_message = $7, input_sealed = NULL,
    completed_at = now(), updated_at = now()
  WHERE t.id = $2 AND t.tenant_id = $1 AND t.status IN ('requested', 'running') AND t.attempts = $3 AND t.status = $4
    AND CASE WHEN $9 THEN EXISTS (SELECT FROM attempt) ELSE NOT EXISTS (
      SELECT FROM execution_attempt WHERE execution_id = $2 AND tenant_id = $1 AND status = 'running') END
  RETURNING t.*
), logged AS (
  INSERT INTO event (tenant_id, type, subject_type, subject_id, exception_id, actor_type, actor_id, actor_name, data, door)
  SELECT row.tenant_id, e.type, e."subjectType", e."subjectId", row.exception_id, 'system', 'worker', 'Interlock', e.data, 'worker'
  FROM row, jsonb_to_recordset($8::jsonb) AS e(type text, "subjectType" text, "subjectId" text, data jsonb)
)
SELECT ${columnsOf(toolExecution, 'row')} FROM row`;

/**
 * Ends an execution outside of an attempt: its workflow was closed, was cancelled or failed.
 * @param seen the state the decision was based on; when it has changed, nothing is written
 * @returns null when the state has changed
 */
export async function closeExecution(
  connection: TenantConnection | SystemConnection,
  input: {
    tenantId: string;
    executionId: string;
    failure: Failure;
    /** Of the open attempt. */
    request?: SentRequest | null;
    seen: { status: 'requested' | 'running'; attempts: number; openAttempt: boolean };
    /** The worker of the open attempt was lost; while its lease holds, nothing is written. */
    lost?: boolean;
  },
): Promise<ExecutionRow | null> {
  const { tenantId, executionId, failure, request, seen } = input;
  const events: LoggedEvent[] = [];
  if (seen.openAttempt) {
    const { code, message } = failure;
    const attempt: SettledAttempt = { number: seen.attempts, status: 'unknown', error: { code, message } };
    events.push(attemptedEvent(executionId, attempt));
  }
  events.push(failedEvent(executionId, seen.attempts, failure));
  const [row] = await connection.query<ExecutionRow>({
    name: 'execution_close',
    text: closeText,
    values: [
      tenantId,
      executionId,
      seen.attempts,
      seen.status,
      failure.code,
      failure.retryable,
      failure.message,
      JSON.stringify(events),
      seen.openAttempt,
      request ? JSON.stringify(request) : null,
      input.lost ?? false,
    ],
  });
  return row ?? null;
}

/** status, failure_code, failure_retryable, error_message, issues, output_payload */
function settlementValues(settlement: Settlement): unknown[] {
  switch (settlement.status) {
    case 'succeeded':
      return ['succeeded', null, null, null, null, writeJson(settlement.output)];
    case 'running':
      return ['running', null, null, null, null, null];
    case 'failed': {
      const { failure, issues, output } = settlement;
      return [
        'failed',
        failure.code,
        failure.retryable,
        failure.message,
        issues?.length ? JSON.stringify(issues) : null,
        output === undefined ? null : writeJson(output),
      ];
    }
  }
}

function attemptedEvent(executionId: string, attempt: SettledAttempt, settlement?: Settlement): LoggedEvent {
  return {
    type: 'ToolExecutionAttempted',
    subjectType: 'execution',
    subjectId: executionId,
    data: {
      number: attempt.number,
      status: attempt.status,
      ...(attempt.httpStatus === undefined ? {} : { httpStatus: attempt.httpStatus }),
      ...(attempt.error ? { code: attempt.error.code, message: inFull(attempt.error) } : {}),
      ...(settlement?.status === 'running' ? { willRetryAt: settlement.willRetryAt.toISOString() } : {}),
    },
  };
}

function endedEvent(
  executionId: string,
  { number: attempts, error }: SettledAttempt,
  settlement: Settlement,
): LoggedEvent | null {
  if (settlement.status === 'running') return null;
  if (settlement.status === 'failed') {
    const { failure } = settlement;
    return failedEvent(executionId, attempts, {
      ...failure,
      message: inFull({ ...failure, reason: error?.reason }),
    });
  }
  return {
    type: 'ToolExecutionCompleted',
    subjectType: 'execution',
    subjectId: executionId,
    data: { attempts },
  };
}

function failedEvent(executionId: string, attempts: number, failure: Failure): LoggedEvent {
  const data = { code: failure.code, message: failure.message, attempts };
  return { type: 'ToolExecutionFailed', subjectType: 'execution', subjectId: executionId, data };
}
