import { and, desc, eq, getTableColumns, inArray, lt, or, sql } from 'drizzle-orm';
import type { PgColumn } from 'drizzle-orm/pg-core';
import type { z } from 'zod';
import { columnsOf } from '../../platform/db/columns-of.ts';
import type { SystemConnection, TenantConnection } from '../../platform/db/database.ts';
import { when } from '../../platform/db/when.ts';
import { matchingSql, type SearchMatch } from '../../search/db/search-read.ts';
import type { executionListInputSchema } from '../execution-schemas.ts';
import type { AttemptJson, ExecutionRow } from './executions-row.ts';
import { toolExecution } from './tables.ts';

export interface ExecutionWithAttempts extends ExecutionRow {
  attempt_rows: AttemptJson[];
  reruns: string[];
}

/** A rerun is newer than its original, so `r.id > e.id` keeps older partitions unread. */
const readText = `
SELECT ${columnsOf(toolExecution, 'e')},
  (SELECT coalesce(json_agg(a ORDER BY a.number), '[]') FROM execution_attempt a
   WHERE a.execution_id = e.id AND a.tenant_id = e.tenant_id) AS attempt_rows,
  (SELECT coalesce(array_agg(r.id::text ORDER BY r.id), '{}') FROM tool_execution r
   WHERE r.tenant_id = e.tenant_id AND r.rerun_of = e.id AND r.id > e.id) AS reruns
FROM tool_execution e WHERE e.id = $2 AND e.tenant_id = $1`;

export async function readExecution(
  connection: TenantConnection | SystemConnection,
  tenantId: string,
  executionId: string,
): Promise<ExecutionWithAttempts | null> {
  const [row] = await connection.query<ExecutionWithAttempts>({
    name: 'execution_read',
    text: readText,
    values: [tenantId, executionId],
  });
  return row ?? null;
}

/** Without the payloads. */
const { input_payload, input_sealed, output_payload, issues, ...listColumns } =
  getTableColumns(toolExecution);

export type ExecutionListRow = Pick<ExecutionRow, keyof typeof listColumns>;

/** The same columns for a plain statement. */
export const executionListColumns = Object.keys(listColumns).join(', ');

/** `exceptionIds`: the exceptions that `exceptionId` and `q` name, as rows name them; each list names one of them. */
export type ExecutionFilter = Omit<z.output<typeof executionListInputSchema>, 'exceptionId' | 'q'> & {
  exceptionIds?: string[][] | undefined;
  match?: SearchMatch | undefined;
};

/** At most `limit` executions by key, newest first. Times bound the ids, so that only the months in question are read. */
export async function listExecutions(
  connection: TenantConnection,
  filter: ExecutionFilter,
): Promise<ExecutionListRow[]> {
  const { cursor, toolId, exceptionIds, status, failureCode, from, to, actor, match, limit } = filter;
  const row = toolExecution;
  const contains = (column: PgColumn, part: string) => sql`strpos(lower(${column}), lower(${part})) > 0`;
  return connection.orm
    .select(listColumns)
    .from(row)
    .where(
      and(
        eq(row.tenant_id, connection.tenantId),
        when(cursor, (id) => lt(row.id, id)),
        when(toolId, (id) => eq(row.tool_id, id)),
        ...(exceptionIds ?? []).map((ids) => inArray(row.exception_id, ids)),
        when(status, (each) => eq(row.status, each)),
        when(failureCode, (code) => eq(row.failure_code, code)),
        when(from, (time) => sql`${row.id} >= interlock_uuid_floor(${time}::timestamptz)`),
        when(to, (time) => sql`${row.id} < interlock_uuid_floor(${time}::timestamptz)`),
        when(actor, (part) =>
          or(eq(row.requested_by_actor_id, part), contains(row.requested_by_actor_name, part)),
        ),
        when(match, (each) => matchingSql(each, row.id, connection.tenantId)),
      ),
    )
    .orderBy(desc(row.id))
    .limit(limit);
}
