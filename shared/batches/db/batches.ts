import { and, count, desc, eq, getTableColumns, ilike, inArray, lt, sql } from 'drizzle-orm';
import type { ExecutionRow } from '../../executions/db/executions-row.ts';
import { columnsOf } from '../../platform/db/columns-of.ts';
import type { TenantConnection } from '../../platform/db/database.ts';
import { escapeLike } from '../../platform/db/escape-like.ts';
import { when } from '../../platform/db/when.ts';
import type { BatchCallStatus, BatchStatus } from '../batch-schemas.ts';
import { batch, batchCall, type CallFailure } from './tables.ts';

export type BatchRow = typeof batch.$inferSelect;
export type BatchCallRow = typeof batchCall.$inferSelect;

/** A batch that is at work, or is to be. */
export const openStatuses: BatchStatus[] = ['running', 'cancelling'];

const own = (connection: TenantConnection, id: string) =>
  and(eq(batch.tenant_id, connection.tenantId), eq(batch.id, id));

export async function insertBatch(
  connection: TenantConnection,
  row: Omit<typeof batch.$inferInsert, 'tenant_id'>,
  calls: readonly Omit<typeof batchCall.$inferInsert, 'tenant_id' | 'batch_id'>[],
): Promise<void> {
  const { tenantId } = connection;
  await connection.orm.insert(batch).values({ ...row, tenant_id: tenantId });
  await connection.orm
    .insert(batchCall)
    .values(calls.map((call) => ({ ...call, tenant_id: tenantId, batch_id: row.id })));
}

export async function readBatch(connection: TenantConnection, id: string): Promise<BatchRow | null> {
  const [row] = await connection.orm.select().from(batch).where(own(connection, id));
  return row ?? null;
}

/** The same, locked until the transaction ends: changes of one batch come one after the other. */
export async function lockBatch(connection: TenantConnection, id: string): Promise<BatchRow | null> {
  const [row] = await connection.orm.select().from(batch).where(own(connection, id)).for('update');
  return row ?? null;
}

export async function updateBatch(
  connection: TenantConnection,
  id: string,
  change: Partial<Omit<typeof batch.$inferInsert, 'id' | 'tenant_id'>>,
): Promise<void> {
  await connection.orm.update(batch).set(change).where(own(connection, id));
}

/** How many batches of the tenant are at work. */
export async function countOpenBatches(connection: TenantConnection): Promise<number> {
  const [row] = await connection.orm
    .select({ open: count() })
    .from(batch)
    .where(and(eq(batch.tenant_id, connection.tenantId), inArray(batch.status, openStatuses)));
  return row?.open ?? 0;
}

export type StatusCounts = Partial<Record<BatchCallStatus, number>>;

/** At most `limit` batches, newest first, with the number of their calls by status. */
export function listBatches(
  connection: TenantConnection,
  filter: {
    status?: BatchStatus | undefined;
    q?: string | undefined;
    /** Only these. */
    ids?: readonly string[] | undefined;
    cursor?: string | undefined;
    limit: number;
  },
): Promise<(Omit<BatchRow, 'definition_sealed'> & { counts: StatusCounts })[]> {
  const { definition_sealed, ...columns } = getTableColumns(batch);
  const counts = sql<StatusCounts>`(SELECT coalesce(json_object_agg(status, calls), '{}') FROM (
    SELECT c.status, count(*)::int AS calls FROM batch_call c
    WHERE c.batch_id = ${batch.id} AND c.tenant_id = ${batch.tenant_id} GROUP BY c.status) each)`;
  return connection.orm
    .select({ ...columns, counts })
    .from(batch)
    .where(
      and(
        eq(batch.tenant_id, connection.tenantId),
        when(filter.status, (each) => eq(batch.status, each)),
        when(filter.q?.trim() || undefined, (each) => ilike(batch.title, `%${escapeLike(each)}%`)),
        when(filter.ids, (each) => inArray(batch.id, [...each])),
        when(filter.cursor, (each) => lt(batch.id, each)),
      ),
    )
    .orderBy(desc(batch.id))
    .limit(filter.limit);
}

export function readCalls(connection: TenantConnection, batchId: string): Promise<BatchCallRow[]> {
  return connection.query<BatchCallRow & Record<string, unknown>>({
    name: 'batch_calls',
    text: `SELECT ${columnsOf(batchCall, 'c')} FROM batch_call c
      WHERE c.tenant_id = $1 AND c.batch_id = $2 ORDER BY c.position`,
    values: [connection.tenantId, batchId],
  });
}

/** At most `limit` calls of each batch in their order, after a position. */
export function listCallsOf(
  connection: TenantConnection,
  batchIds: readonly string[],
  { after, limit }: { after: number; limit: number },
): Promise<BatchCallRow[]> {
  return connection.query<BatchCallRow & Record<string, unknown>>({
    name: 'batch_calls_of',
    text: `SELECT found.* FROM unnest($2::uuid[]) AS each(id)
      CROSS JOIN LATERAL (
        SELECT ${columnsOf(batchCall, 'c')} FROM batch_call c
        WHERE c.tenant_id = $1 AND c.batch_id = each.id AND c.position > $3 ORDER BY c.position LIMIT $4) found
      ORDER BY found.position`,
    values: [connection.tenantId, batchIds, after, limit],
  });
}

/** The executions of a batch. `earlier`: one that it found by its key. */
export function listMade(
  connection: TenantConnection,
  batchId: string,
): Promise<{ callId: string; executionId: string; earlier: boolean }[]> {
  return connection.query({
    name: 'batch_made',
    text: `SELECT c.call_id AS "callId", c.execution_id AS "executionId", e.created_at < b.created_at AS earlier
      FROM batch b JOIN batch_call c ON c.batch_id = b.id JOIN tool_execution e ON e.id = c.execution_id AND e.tenant_id = $1
      WHERE b.tenant_id = $1 AND b.id = $2
        AND e.status IN ('succeeded', 'failed')`,
    values: [connection.tenantId, batchId],
  });
}

/** What a batch needs to know of an execution. */
export type Outcome = Pick<
  ExecutionRow,
  'id' | 'status' | 'failure_code' | 'error_message' | 'failure_reason' | 'approval_status'
>;

export function readOutcomes(connection: TenantConnection, ids: readonly string[]): Promise<Outcome[]> {
  return connection.query<Outcome & Record<string, unknown>>({
    name: 'batch_outcomes',
    text: `SELECT e.id, e.status, e.failure_code, e.error_message, e.failure_reason, e.approval_status
      FROM unnest($2::uuid[]) AS each(id) JOIN tool_execution e ON e.id = each.id AND e.tenant_id = $1`,
    values: [connection.tenantId, ids],
  });
}

/** How a call stands now. */
export interface CallChange {
  position: number;
  /** One that was retried meanwhile stays as it is. */
  attempt: number;
  status: BatchCallStatus;
  executionId: string | null;
  failure: CallFailure | null;
}

/**
 * Writes what has become of calls, in one statement. A call that has ended stays as it is. It has the times of its
 * execution: a quick one has ended before the batch hears that it began.
 */
export async function writeCalls(
  connection: TenantConnection,
  batchId: string,
  changes: readonly CallChange[],
): Promise<void> {
  if (changes.length === 0) return;
  await connection.query({
    name: 'batch_calls_write',
    text: `UPDATE batch_call c SET status = n.status, execution_id = n.execution_id, failure = n.failure::json,
        started_at = CASE WHEN n.status IN ('skipped', 'cancelled') THEN c.started_at
          ELSE coalesce(e.created_at, c.started_at, now()) END,
        ended_at = CASE WHEN n.status IN ('succeeded', 'failed', 'skipped', 'cancelled') THEN coalesce(e.completed_at, now()) END
      FROM unnest($3::int[], $4::text[], $5::uuid[], $6::text[], $7::int[]) AS n(position, status, execution_id, failure, attempt)
        LEFT JOIN tool_execution e ON e.id = n.execution_id AND e.tenant_id = $1
      WHERE c.tenant_id = $1 AND c.batch_id = $2 AND c.position = n.position AND c.attempt = n.attempt
        AND c.status IN ('pending', 'waiting', 'running')`,
    values: [
      connection.tenantId,
      batchId,
      changes.map(({ position }) => position),
      changes.map(({ status }) => status),
      changes.map(({ executionId }) => executionId),
      changes.map(({ failure }) => failure && JSON.stringify(failure)),
      changes.map(({ attempt }) => attempt),
    ],
  });
}

/** Calls that are made again: as if they had not begun, with one more attempt. */
export async function resetCalls(
  connection: TenantConnection,
  batchId: string,
  positions: readonly number[],
): Promise<void> {
  await connection.query({
    text: `UPDATE batch_call SET attempt = attempt + CASE WHEN started_at IS NULL THEN 0 ELSE 1 END, status = 'pending',
        execution_id = NULL, failure = NULL, started_at = NULL, ended_at = NULL
      WHERE tenant_id = $1 AND batch_id = $2 AND position = ANY ($3::int[])`,
    values: [connection.tenantId, batchId, positions],
  });
}

/** What decides how a batch goes on. */
export type BatchControl = Pick<
  BatchRow,
  'status' | 'round' | 'sample' | 'run_by_type' | 'run_by_id' | 'run_by_name' | 'door' | 'address'
>;

export async function readControl(connection: TenantConnection, id: string): Promise<BatchControl | null> {
  const [row] = await connection.query<BatchControl & Record<string, unknown>>({
    name: 'batch_control',
    text: `SELECT status, round, sample, run_by_type, run_by_id, run_by_name, door, address FROM batch
      WHERE tenant_id = $1 AND id = $2`,
    values: [connection.tenantId, id],
  });
  return row ?? null;
}

/** Whether something moves: `ended`, or paused; `people`: everything that is left waits for approvals. */
export async function readRest(
  connection: TenantConnection,
  id: string,
): Promise<'ended' | 'people' | 'moving'> {
  const [row] = await connection.query<{ rest: 'ended' | 'people' | 'moving' }>({
    name: 'batch_rest',
    text: `SELECT CASE WHEN b.status NOT IN ('running', 'cancelling') THEN 'ended'
        WHEN EXISTS (SELECT FROM batch_call c WHERE c.batch_id = b.id AND c.status = 'waiting')
          AND NOT EXISTS (SELECT FROM batch_call c WHERE c.batch_id = b.id AND c.status = 'running') THEN 'people'
        ELSE 'moving' END AS rest
      FROM batch b WHERE b.tenant_id = $1 AND b.id = $2`,
    values: [connection.tenantId, id],
  });
  return row?.rest ?? 'ended';
}
