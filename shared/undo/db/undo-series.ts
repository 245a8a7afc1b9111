import { and, asc, count, desc, eq, inArray, isNull } from 'drizzle-orm';
import type { TenantConnection } from '../../platform/db/database.ts';
import type { UndoSourceType } from '../undo-schemas.ts';
import { undoItem, undoSeries } from './tables.ts';

export type SeriesRow = typeof undoSeries.$inferSelect;
export type ItemRow = typeof undoItem.$inferSelect;

const own = (connection: TenantConnection, id: string) =>
  and(eq(undoSeries.tenant_id, connection.tenantId), eq(undoSeries.id, id));

const ofSource = (connection: TenantConnection, type: UndoSourceType, id: string) =>
  and(
    eq(undoSeries.tenant_id, connection.tenantId),
    eq(undoSeries.source_type, type),
    eq(undoSeries.source_id, id),
  );

export async function insertSeriesRow(
  connection: TenantConnection,
  row: Omit<typeof undoSeries.$inferInsert, 'tenant_id'>,
  items: readonly Omit<typeof undoItem.$inferInsert, 'tenant_id' | 'series_id' | 'position'>[],
): Promise<void> {
  const { tenantId } = connection;
  await connection.orm.insert(undoSeries).values({ ...row, tenant_id: tenantId });
  await connection.orm
    .insert(undoItem)
    .values(items.map((item, position) => ({ ...item, position, tenant_id: tenantId, series_id: row.id })));
}

export async function readSeries(connection: TenantConnection, id: string): Promise<SeriesRow | null> {
  const [row] = await connection.orm.select().from(undoSeries).where(own(connection, id));
  return row ?? null;
}

/** The same, locked until the transaction ends. */
export async function lockSeries(connection: TenantConnection, id: string): Promise<SeriesRow | null> {
  const [row] = await connection.orm.select().from(undoSeries).where(own(connection, id)).for('update');
  return row ?? null;
}

/** The series of a batch or a run that has not ended, locked. */
export async function lockOpenSeries(
  connection: TenantConnection,
  type: UndoSourceType,
  sourceId: string,
): Promise<SeriesRow | null> {
  const [row] = await connection.orm
    .select()
    .from(undoSeries)
    .where(and(ofSource(connection, type, sourceId), isNull(undoSeries.ended_at)))
    .for('update');
  return row ?? null;
}

/** Newest first. */
export function listSeries(
  connection: TenantConnection,
  type: UndoSourceType,
  sourceId: string,
): Promise<SeriesRow[]> {
  return connection.orm
    .select()
    .from(undoSeries)
    .where(ofSource(connection, type, sourceId))
    .orderBy(desc(undoSeries.id));
}

export async function updateSeries(
  connection: TenantConnection,
  id: string,
  change: Partial<Omit<typeof undoSeries.$inferInsert, 'id' | 'tenant_id'>>,
): Promise<void> {
  await connection.orm.update(undoSeries).set(change).where(own(connection, id));
}

/** In the order in which they are undone. */
export function readItems(connection: TenantConnection, seriesIds: readonly string[]): Promise<ItemRow[]> {
  return connection.orm
    .select()
    .from(undoItem)
    .where(and(eq(undoItem.tenant_id, connection.tenantId), inArray(undoItem.series_id, [...seriesIds])))
    .orderBy(asc(undoItem.position));
}

/** The one that is undone now, or next. */
export async function nextItem(connection: TenantConnection, seriesId: string): Promise<ItemRow | null> {
  const [row] = await connection.orm
    .select()
    .from(undoItem)
    .where(
      and(
        eq(undoItem.tenant_id, connection.tenantId),
        eq(undoItem.series_id, seriesId),
        inArray(undoItem.status, ['pending', 'running']),
      ),
    )
    .orderBy(asc(undoItem.position))
    .limit(1);
  return row ?? null;
}

export async function updateItem(
  connection: TenantConnection,
  { series_id, position }: Pick<ItemRow, 'series_id' | 'position'>,
  change: Partial<Pick<ItemRow, 'status' | 'reason' | 'attempt' | 'started_at' | 'ended_at'>>,
): Promise<void> {
  await connection.orm
    .update(undoItem)
    .set(change)
    .where(
      and(
        eq(undoItem.tenant_id, connection.tenantId),
        eq(undoItem.series_id, series_id),
        eq(undoItem.position, position),
      ),
    );
}

/**
 * Those that have failed are tried again, or passed over. Someone has looked at them, and tools may have been repaired: the
 * preview does not bind what is left.
 */
export async function resetFailed(
  connection: TenantConnection,
  seriesId: string,
  change: Pick<ItemRow, 'status' | 'reason' | 'attempt' | 'ended_at'>,
): Promise<void> {
  const items = and(eq(undoItem.tenant_id, connection.tenantId), eq(undoItem.series_id, seriesId));
  await connection.orm.update(undoItem).set({ preview_digest: null }).where(items);
  await connection.orm
    .update(undoItem)
    .set(change)
    .where(and(items, eq(undoItem.status, 'failed')));
}

/** How many series of the tenant are at work. */
export async function countRunning(connection: TenantConnection): Promise<number> {
  const [row] = await connection.orm
    .select({ running: count() })
    .from(undoSeries)
    .where(and(eq(undoSeries.tenant_id, connection.tenantId), eq(undoSeries.status, 'running')));
  return row?.running ?? 0;
}
