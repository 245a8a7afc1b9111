import type { TenantConnection } from '../../platform/db/database.ts';
import type { Issue } from '../../platform/error-codes.ts';
import type { JsonValue } from '../../platform/json.ts';
import type { HumanSettlement, SentResponse } from '../execution-schemas.ts';
import type { ExecutionRow } from './executions-row.ts';

/** What is kept of an execution, as far as a replay reads it. */
export interface RecordedExecution {
  id: string;
  tenant_id: string;
  tool_id: string;
  tool_version: number;
  connector_revision: number | null;
  status: ExecutionRow['status'];
  failure_code: ExecutionRow['failure_code'];
  error_message: string | null;
  issues: Issue[] | null;
  settlement: HumanSettlement | null;
  created_at: Date;
  payloads_removed: boolean;
  /** Redacted; null when it is too large, or gone. */
  input: { value: JsonValue } | null;
  output: { value: JsonValue } | null;
  /** Of the last attempt. */
  response: SentResponse | null;
  http_status: number | null;
}

/** Of an input or an output, as JSON. Comparing it takes some milliseconds. */
export const maxRecordedBytes = 262_144;

const kept = (column: string): string =>
  `CASE WHEN octet_length(e.${column}::text) <= ${maxRecordedBytes} THEN json_build_object('value', e.${column}) END`;

const columns = `e.id, e.tenant_id, e.tool_id, e.tool_version, e.connector_revision, e.status, e.failure_code, e.error_message,
  e.issues, e.settlement, e.created_at, e.payloads_removed_at IS NOT NULL AS payloads_removed,
  ${kept('input_payload')} AS input, ${kept('output_payload')} AS output, a.response, a.http_status
FROM tool_execution e LEFT JOIN execution_attempt a
  ON a.execution_id = e.id AND a.tenant_id = e.tenant_id AND a.number = e.attempts`;

/** At most `limit` executions of a tool that have ended, newest first, before this id. */
export function listRecorded(
  connection: TenantConnection,
  { toolId, before, limit }: { toolId: string; before: string | null; limit: number },
): Promise<RecordedExecution[]> {
  return connection.query<RecordedExecution & Record<string, unknown>>({
    name: 'executions_recorded',
    text: `SELECT ${columns}
      WHERE e.tenant_id = $1 AND e.tool_id = $2 AND ($3::uuid IS NULL OR e.id < $3) AND e.status IN ('succeeded', 'failed')
      ORDER BY e.id DESC LIMIT $4`,
    values: [connection.tenantId, toolId, before, limit],
  });
}

/** Those of these executions that are of this tool, in any state, newest first. */
export function readRecorded(
  connection: TenantConnection,
  toolId: string,
  ids: readonly string[],
): Promise<RecordedExecution[]> {
  return connection.query<RecordedExecution & Record<string, unknown>>({
    name: 'executions_recorded_by_id',
    text: `SELECT ${columns} WHERE e.tenant_id = $1 AND e.tool_id = $2 AND e.id = ANY ($3::uuid[]) ORDER BY e.id DESC`,
    values: [connection.tenantId, toolId, ids],
  });
}
