import { and, desc, eq, getTableColumns, inArray, isNull, lt, type SQL, sql } from 'drizzle-orm';
import { alias, type PgColumn } from 'drizzle-orm/pg-core';
import type { z } from 'zod';
import { type ActorTable, findActors } from '../../identity/db/find-actors.ts';
import { columnsOf } from '../../platform/db/columns-of.ts';
import type { SystemConnection, TenantConnection } from '../../platform/db/database.ts';
import { when } from '../../platform/db/when.ts';
import { matchingSql, type SearchMatch } from '../../search/db/search-read.ts';
import type { executionListInputSchema } from '../execution-schemas.ts';
import { type ApprovalJson, approvalJson } from './executions-approval.ts';
import type { AttemptJson, ExecutionRow } from './executions-row.ts';
import { undoKeys } from './executions-undo.ts';
import { toolExecution } from './tables.ts';

export interface ExecutionWithAttempts extends ExecutionRow {
  attempt_rows: AttemptJson[];
  reruns: string[];
  undo_of: string | null;
  undone_by: { id: string; status: ExecutionRow['status'] } | null;
  /** Null when it needs no approval, or was not read. */
  approval: ApprovalJson | null;
}

/** An execution as if there were no other: one that has just begun, or whose links are not read. */
export const unlinked = {
  reruns: [],
  undo_of: null,
  undone_by: null,
} satisfies Partial<ExecutionWithAttempts>;

/** A rerun is newer than its original, so `r.id > e.id` keeps older partitions unread. */
const readText = `
SELECT ${columnsOf(toolExecution, 'e')},
  (SELECT coalesce(json_agg(a ORDER BY a.number), '[]') FROM execution_attempt a
   WHERE a.execution_id = e.id AND a.tenant_id = e.tenant_id) AS attempt_rows,
  (SELECT coalesce(array_agg(r.id::text ORDER BY r.id), '{}') FROM tool_execution r
   WHERE r.tenant_id = e.tenant_id AND r.rerun_of = e.id AND r.id > e.id) AS reruns,
  CASE WHEN e.idempotency_key LIKE '${undoKeys}%' THEN (SELECT u.execution_id FROM execution_undo u
    WHERE u.tenant_id = e.tenant_id AND u.key = e.idempotency_key) END AS undo_of,
  (SELECT json_build_object('id', by.id, 'status', by.status) FROM execution_undo u
    JOIN idempotency_key k ON k.tenant_id = u.tenant_id AND k.key = u.key
    JOIN tool_execution by ON by.id = k.execution_id AND by.tenant_id = u.tenant_id
    WHERE u.execution_id = e.id AND u.tenant_id = e.tenant_id ORDER BY u.attempt DESC LIMIT 1) AS undone_by,
  CASE WHEN e.approval_status IS NOT NULL THEN ${approvalJson('e')} END AS approval
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

/** The table, or an alias of it. */
type Row = Record<keyof ExecutionRow, PgColumn>;

/** At most `limit` executions by key, newest first. Times bound the ids, so that only the months in question are read. */
export async function listExecutions(
  connection: TenantConnection,
  filter: ExecutionFilter,
): Promise<ExecutionListRow[]> {
  const { actor, limit } = filter;
  const chosen =
    actor === undefined
      ? matching(connection, filter, toolExecution)
      : sql`${toolExecution.id} IN (${newestOf(connection, filter, actor, await findActors(connection, settled, actor))})`;
  return connection.orm
    .select(listColumns)
    .from(toolExecution)
    .where(and(eq(toolExecution.tenant_id, connection.tenantId), chosen))
    .orderBy(desc(toolExecution.id))
    .limit(limit);
}

/** The index by actor has an entry for an execution once it has ended: one instead of three. Few are open. */
const settled: ActorTable = {
  table: 'tool_execution',
  id: 'requested_by_actor_id',
  name: 'requested_by_actor_name',
  where: "status IN ('succeeded', 'failed')",
};

/** The ids of the newest executions of these actors, each of whom has its own part of the index. */
function newestOf(connection: TenantConnection, filter: ExecutionFilter, actor: string, ids: string[]): SQL {
  const row = alias(toolExecution, 'each');
  const newest = (own: SQL) => sql`SELECT ${row.id} FROM ${toolExecution} AS "each"
    WHERE ${matching(connection, filter, row)} AND ${own} ORDER BY ${row.id} DESC LIMIT ${filter.limit}`;
  const ofActor = sql`${row.status} IN ('succeeded', 'failed') AND ${row.requested_by_actor_id} = actor.id`;
  const stillOpen = sql`${row.status} IN ('requested', 'running')
    AND (${row.requested_by_actor_id} = ${actor} OR ${contains(row.requested_by_actor_name, actor)})`;
  // What waits has not ended.
  if (filter.approval === 'waiting') return newest(stillOpen);
  return sql`SELECT id FROM (
      SELECT ended.id FROM unnest(${sql.param(ids)}::text[]) AS actor(id) CROSS JOIN LATERAL (${newest(ofActor)}) AS ended
      UNION ALL (${newest(stillOpen)})) AS found
    ORDER BY id DESC LIMIT ${filter.limit}`;
}

const contains = (column: PgColumn, part: string) => sql`strpos(lower(${column}), lower(${part})) > 0`;

const byActorType = (type: string) => (row: Row) =>
  sql`${row.playbook_step_run_id} IS NULL AND ${row.requested_by_actor_type} = ${type}`;

const callers: Record<NonNullable<ExecutionFilter['caller']>, (row: Row) => SQL> = {
  people: byActorType('user'),
  api_key: byActorType('api_key'),
  system: byActorType('system'),
  playbook: (row) => sql`${row.playbook_step_run_id} IS NOT NULL`,
};

const byDoor = (row: Row, door: NonNullable<ExecutionFilter['door']>): SQL =>
  door === 'not_recorded' ? isNull(row.door) : eq(row.door, door);

/** Every condition of the filter but its actor. */
function matching(connection: TenantConnection, filter: ExecutionFilter, row: Row): SQL | undefined {
  const { toolVersion, connectorId, caller, playbookId } = filter;
  const { cursor, toolId, exceptionIds, status, failureCode, approval, from, to, match } = filter;
  return and(
    eq(row.tenant_id, connection.tenantId),
    when(cursor, (id) => lt(row.id, id)),
    when(toolId, (id) => eq(row.tool_id, id)),
    when(toolVersion, (version) => eq(row.tool_version, version)),
    when(connectorId, (id) => eq(row.connector_id, id)),
    when(caller, (kind) => callers[kind](row)),
    when(filter.door, (door) => byDoor(row, door)),
    when(
      playbookId,
      (id) => sql`EXISTS (SELECT FROM playbook_step_run s JOIN playbook_run r ON r.id = s.run_id
        WHERE s.id = ${row.playbook_step_run_id} AND s.tenant_id = ${connection.tenantId} AND r.playbook_id = ${id})`,
    ),
    ...(exceptionIds ?? []).map((ids) => inArray(row.exception_id, ids)),
    when(status, (each) => eq(row.status, each)),
    when(failureCode, (code) => eq(row.failure_code, code)),
    when(approval, (each) => eq(row.approval_status, each)),
    when(from, (time) => sql`${row.id} >= interlock_uuid_floor(${time}::timestamptz)`),
    when(to, (time) => sql`${row.id} < interlock_uuid_floor(${time}::timestamptz)`),
    when(match, (each) => matchingSql(each, row.id, connection.tenantId)),
  );
}
