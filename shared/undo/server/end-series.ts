import type { EventType } from '../../events/event-types.ts';
import { tell } from '../../events/server/tell.ts';
import type { Actor } from '../../identity/roles.ts';
import type { Database, TenantConnection } from '../../platform/db/database.ts';
import { lockSeries, readItems, type SeriesRow, updateSeries } from '../db/undo-series.ts';
import type { DueSeries } from '../db/undo-sweep.ts';

const interlock: Actor = { type: 'system', id: 'worker', name: 'Interlock' };

/** Changes a series of this round that is running, under its lock. @returns false when it is not */
export function changeRunning(
  { db }: { db: Database },
  { id, tenantId, round }: DueSeries,
  change: (connection: TenantConnection, row: SeriesRow) => Promise<void>,
): Promise<boolean> {
  return db.tenantTransaction(tenantId, async (connection) => {
    const row = await lockSeries(connection, id);
    if (row?.round !== round || row.status !== 'running') return false;
    await change(connection, row);
    return true;
  });
}

/** Stops a series that may not go on by itself. Stopping it again changes nothing. */
export async function stopSeries(
  services: { db: Database },
  series: DueSeries,
  reason: string,
  before: (connection: TenantConnection) => Promise<void> = async () => {},
): Promise<void> {
  await changeRunning(services, series, async (connection, row) => {
    await before(connection);
    await updateSeries(connection, row.id, { status: 'stopped', reason });
    await told(connection, row, 'UndoStopped', { reason });
  });
}

/** Ends a series of which nothing is left. */
export async function endSeries(services: { db: Database }, series: DueSeries): Promise<void> {
  await changeRunning(services, series, async (connection, row) => {
    const items = await readItems(connection, [row.id]);
    await updateSeries(connection, row.id, { status: 'succeeded', ended_at: new Date() });
    const counted = (status: string) => items.filter((item) => item.status === status).length;
    await told(connection, row, 'UndoEnded', {
      total: items.length,
      undone: counted('undone'),
      cannot: counted('cannot'),
      skipped: counted('skipped'),
    });
  });
}

const told = (
  connection: TenantConnection,
  { id, source_type: of, source_id: ofId, exception_id: exceptionId }: SeriesRow,
  type: EventType,
  data: Record<string, unknown>,
): Promise<void> =>
  tell(
    connection,
    { identity: { tenantId: connection.tenantId, actor: interlock }, requestId: id },
    { type, subjectType: 'undo', subjectId: id, exceptionId, data: { of, ofId, ...data } },
  );
