import type { TenantConnection } from '../../platform/db/database.ts';
import type { JsonValue } from '../../platform/json.ts';
import type { PageOfEach } from '../../platform/server/paging.ts';
import { type ExecutionListRow, executionListColumns } from './executions-read.ts';
import type { AttemptJson } from './executions-row.ts';

// What is read of many executions at once: one statement each, however many there are.

const prefixed = executionListColumns.replace(/\w+/g, 'e.$&');

/** Without payloads; those of other tenants are left out. */
export function readExecutionRows(
  connection: TenantConnection,
  ids: readonly string[],
): Promise<ExecutionListRow[]> {
  return connection.query<ExecutionListRow>({
    name: 'executions_by_id',
    text: `SELECT ${prefixed} FROM unnest($2::uuid[]) AS each(id)
      JOIN tool_execution e ON e.id = each.id AND e.tenant_id = $1`,
    values: [connection.tenantId, ids],
  });
}

/** At most `limit` executions of each exception, newest first. */
export function listExecutionsOf(
  connection: TenantConnection,
  exceptionIds: readonly string[],
  { cursor, limit }: PageOfEach,
): Promise<ExecutionListRow[]> {
  return connection.query<ExecutionListRow>({
    name: 'executions_of_exceptions',
    text: `SELECT found.* FROM unnest($2::text[]) AS each(id)
      CROSS JOIN LATERAL (
        SELECT ${prefixed} FROM tool_execution e
        WHERE e.tenant_id = $1 AND e.exception_id = each.id AND ($3::uuid IS NULL OR e.id < $3)
        ORDER BY e.id DESC LIMIT $4) found
      ORDER BY found.id DESC`,
    values: [connection.tenantId, exceptionIds, cursor ?? null, limit],
  });
}

/** The attempts of each, by number. */
export async function readAttempts(
  connection: TenantConnection,
  ids: readonly string[],
): Promise<Map<string, AttemptJson[]>> {
  const rows = await connection.query<{ id: string; attempts: AttemptJson[] }>({
    name: 'attempts_of_executions',
    text: `SELECT each.id, (SELECT coalesce(json_agg(a ORDER BY a.number), '[]') FROM execution_attempt a
        WHERE a.execution_id = each.id AND a.tenant_id = $1) AS attempts
      FROM unnest($2::uuid[]) AS each(id)`,
    values: [connection.tenantId, ids],
  });
  return new Map(rows.map(({ id, attempts }) => [id, attempts]));
}

export interface StoredPayload {
  value: JsonValue;
  bytes: number;
}

/** `longer`: the executions whose payload has more bytes than were asked for. */
export interface Payloads {
  values: Map<string, StoredPayload>;
  longer: Set<string>;
}

/** The redacted inputs or outputs of executions, each of at most `longest` bytes. */
export async function readPayloads(
  connection: TenantConnection,
  what: 'input' | 'output',
  ids: readonly string[],
  longest: number,
): Promise<Payloads> {
  const rows = await connection.query<StoredPayload & { id: string; longer: boolean }>({
    name: `execution_${what}s`,
    text: `SELECT e.id, bytes, bytes > $3 AS longer, CASE WHEN bytes <= $3 THEN e.${what}_payload END AS value
      FROM unnest($2::uuid[]) AS each(id) JOIN tool_execution e ON e.id = each.id AND e.tenant_id = $1
      CROSS JOIN LATERAL octet_length(e.${what}_payload::text) AS bytes
      WHERE e.${what}_payload IS NOT NULL`,
    values: [connection.tenantId, ids, longest],
  });
  const [longer, shorter] = [rows.filter((row) => row.longer), rows.filter((row) => !row.longer)];
  return {
    values: new Map(shorter.map(({ id, value, bytes }) => [id, { value, bytes }])),
    longer: new Set(longer.map(({ id }) => id)),
  };
}
