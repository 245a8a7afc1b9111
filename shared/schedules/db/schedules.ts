import { and, count, desc, eq, getTableColumns, ilike, inArray, lt, ne } from 'drizzle-orm';
import { v7 as uuidv7 } from 'uuid';
import { notice } from '../../events/db/tables.ts';
import type { TenantConnection } from '../../platform/db/database.ts';
import { escapeLike } from '../../platform/db/escape-like.ts';
import { when } from '../../platform/db/when.ts';
import type { ScheduleStatus } from '../schedule-schemas.ts';
import { schedule, scheduleRun } from './tables.ts';

const { target_sealed: _, ...listed } = getTableColumns(schedule);

export type ScheduleRow = typeof schedule.$inferSelect;
/** Without what it starts. */
export type ListedSchedule = Omit<ScheduleRow, 'target_sealed'>;
export type ScheduleRunRow = typeof scheduleRun.$inferSelect;

const own = (connection: TenantConnection, id: string) =>
  and(eq(schedule.tenant_id, connection.tenantId), eq(schedule.id, id));

export async function insertSchedule(
  connection: TenantConnection,
  row: Omit<typeof schedule.$inferInsert, 'tenant_id'>,
): Promise<void> {
  await connection.orm.insert(schedule).values({ ...row, tenant_id: connection.tenantId });
}

export async function readSchedule(connection: TenantConnection, id: string): Promise<ScheduleRow | null> {
  const [row] = await connection.orm.select().from(schedule).where(own(connection, id));
  return row ?? null;
}

/** The same, locked until the transaction ends: changes and fires of one schedule come one after the other. */
export async function lockSchedule(connection: TenantConnection, id: string): Promise<ScheduleRow | null> {
  const [row] = await connection.orm.select().from(schedule).where(own(connection, id)).for('update');
  return row ?? null;
}

export async function updateSchedule(
  connection: TenantConnection,
  id: string,
  change: Partial<Omit<typeof schedule.$inferInsert, 'id' | 'tenant_id'>>,
): Promise<void> {
  await connection.orm.update(schedule).set(change).where(own(connection, id));
}

/** Without those that are archived. */
export async function countSchedules(connection: TenantConnection): Promise<number> {
  const [row] = await connection.orm
    .select({ found: count() })
    .from(schedule)
    .where(and(eq(schedule.tenant_id, connection.tenantId), ne(schedule.status, 'archived')));
  return row?.found ?? 0;
}

/** At most `limit` schedules, newest first; archived ones only when they are asked for. */
export function listSchedules(
  connection: TenantConnection,
  filter: {
    status?: ScheduleStatus | undefined;
    q?: string | undefined;
    cursor?: string | undefined;
    limit: number;
  },
): Promise<ListedSchedule[]> {
  return connection.orm
    .select(listed)
    .from(schedule)
    .where(
      and(
        eq(schedule.tenant_id, connection.tenantId),
        filter.status ? eq(schedule.status, filter.status) : ne(schedule.status, 'archived'),
        when(filter.q?.trim() || undefined, (each) => ilike(schedule.title, `%${escapeLike(each)}%`)),
        when(filter.cursor, (each) => lt(schedule.id, each)),
      ),
    )
    .orderBy(desc(schedule.id))
    .limit(filter.limit);
}

/** The newest runs of a schedule. */
export function listRuns(
  connection: TenantConnection,
  scheduleId: string,
  limit: number,
): Promise<ScheduleRunRow[]> {
  return connection.orm
    .select()
    .from(scheduleRun)
    .where(and(eq(scheduleRun.tenant_id, connection.tenantId), eq(scheduleRun.schedule_id, scheduleId)))
    .orderBy(desc(scheduleRun.id))
    .limit(limit);
}

/** The newest run of each schedule. */
export async function lastRuns(
  connection: TenantConnection,
  scheduleIds: readonly string[],
): Promise<Map<string, ScheduleRunRow>> {
  if (scheduleIds.length === 0) return new Map();
  const rows = await connection.orm
    .selectDistinctOn([scheduleRun.schedule_id])
    .from(scheduleRun)
    .where(
      and(eq(scheduleRun.tenant_id, connection.tenantId), inArray(scheduleRun.schedule_id, [...scheduleIds])),
    )
    .orderBy(scheduleRun.schedule_id, desc(scheduleRun.id));
  return new Map(rows.map((row) => [row.schedule_id, row]));
}

const ownRun = (connection: TenantConnection, id: string) =>
  and(eq(scheduleRun.tenant_id, connection.tenantId), eq(scheduleRun.id, id));

export async function readRun(connection: TenantConnection, id: string): Promise<ScheduleRunRow | null> {
  const [row] = await connection.orm.select().from(scheduleRun).where(ownRun(connection, id));
  return row ?? null;
}

/** The run of a time, if that has come already. */
export async function findTimedRun(
  connection: TenantConnection,
  scheduleId: string,
  scheduledAt: Date,
): Promise<ScheduleRunRow | null> {
  const [row] = await connection.orm
    .select()
    .from(scheduleRun)
    .where(
      and(
        eq(scheduleRun.tenant_id, connection.tenantId),
        eq(scheduleRun.schedule_id, scheduleId),
        eq(scheduleRun.scheduled_at, scheduledAt),
        eq(scheduleRun.trigger, 'time'),
      ),
    );
  return row ?? null;
}

export async function insertRun(
  connection: TenantConnection,
  row: Omit<typeof scheduleRun.$inferInsert, 'tenant_id'>,
): Promise<ScheduleRunRow> {
  const [written] = await connection.orm
    .insert(scheduleRun)
    .values({ ...row, tenant_id: connection.tenantId })
    .returning();
  return written!;
}

/** @returns false when it is no longer as `status` says; then nothing was changed */
export async function updateRun(
  connection: TenantConnection,
  { id, status }: Pick<ScheduleRunRow, 'id' | 'status'>,
  change: Partial<Omit<typeof scheduleRun.$inferInsert, 'id' | 'tenant_id'>>,
): Promise<boolean> {
  const rows = await connection.orm
    .update(scheduleRun)
    .set(change)
    .where(and(ownRun(connection, id), eq(scheduleRun.status, status)))
    .returning({ id: scheduleRun.id });
  return rows.length > 0;
}

/** The times of a schedule that have come already, of these. */
export async function timesThatCame(
  connection: TenantConnection,
  scheduleId: string,
  times: readonly Date[],
): Promise<Set<number>> {
  if (times.length === 0) return new Set();
  const rows = await connection.orm
    .select({ at: scheduleRun.scheduled_at })
    .from(scheduleRun)
    .where(
      and(
        eq(scheduleRun.tenant_id, connection.tenantId),
        eq(scheduleRun.schedule_id, scheduleId),
        eq(scheduleRun.trigger, 'time'),
        inArray(scheduleRun.scheduled_at, [...times]),
      ),
    );
  return new Set(rows.map(({ at }) => at.getTime()));
}

/** Tells people of a schedule. */
export async function insertScheduleNotice(
  connection: TenantConnection,
  { scheduleId, to, text }: { scheduleId: string; to: { role?: string; user?: string }; text: string },
): Promise<void> {
  await connection.orm.insert(notice).values({
    id: uuidv7(),
    tenant_id: connection.tenantId,
    kind: 'reminder',
    to_role: to.role ?? null,
    to_user: to.user ?? null,
    text,
    schedule_id: scheduleId,
  });
}

/** Temporal has been made to agree with a revision. @returns false when the row has changed since it was read */
export async function writeSynced(
  connection: TenantConnection,
  { id, revision, backfills }: Pick<ScheduleRow, 'id' | 'revision' | 'backfills'>,
  { changedAt, againMs }: { changedAt: string | null; againMs: number | null },
): Promise<boolean> {
  const rows = await connection.query<{ id: string }>({
    name: 'schedule_synced',
    text: `UPDATE schedule SET synced_revision = revision, synced_at = now(), temporal_changed_at = $5, backfills = '[]',
        sync_at = now() + make_interval(secs => $6)
      WHERE tenant_id = $1 AND id = $2 AND revision = $3 AND jsonb_array_length(backfills) = $4 RETURNING id`,
    values: [
      connection.tenantId,
      id,
      revision,
      backfills.length,
      changedAt,
      againMs === null ? null : againMs / 1000,
    ],
  });
  return rows.length > 0;
}
