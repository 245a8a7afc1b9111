import { and, desc, eq, gte, ilike, lt, lte, or } from 'drizzle-orm';
import type { Actor } from '../../identity/roles.ts';
import type { SystemConnection, TenantConnection } from '../../platform/db/database.ts';
import { event } from '../../platform/db/schema.ts';

export type EventRow = typeof event.$inferSelect;

export interface EventFilter {
  subjectType?: string;
  subjectId?: string;
  /** An actor's id, or a part of its name. */
  actor?: string;
  type?: string;
  from?: Date;
  to?: Date;
  /** Only events older than this id. */
  before?: bigint;
  limit: number;
}

/** A page of the tenant's log, newest first. */
export async function listEvents(connection: TenantConnection, filter: EventFilter): Promise<EventRow[]> {
  return connection.orm
    .select()
    .from(event)
    .where(
      and(
        eq(event.tenantId, connection.tenantId),
        filter.subjectType ? eq(event.subjectType, filter.subjectType as EventRow['subjectType']) : undefined,
        filter.subjectId ? eq(event.subjectId, filter.subjectId) : undefined,
        filter.type ? eq(event.type, filter.type as EventRow['type']) : undefined,
        filter.actor
          ? or(eq(event.actorId, filter.actor), ilike(event.actorName, `%${escapeLike(filter.actor)}%`))
          : undefined,
        filter.from ? gte(event.createdAt, filter.from) : undefined,
        filter.to ? lte(event.createdAt, filter.to) : undefined,
        filter.before === undefined ? undefined : lt(event.id, filter.before),
      ),
    )
    .orderBy(desc(event.id))
    .limit(filter.limit);
}

/** Makes `%`, `_` and `\` stand for themselves in a LIKE pattern. */
export function escapeLike(text: string): string {
  return text.replace(/[\\%_]/g, '\\$&');
}

/** Where a live tail stands: every event at or before it, in (xid, id) order, has been seen. */
export interface TailPosition {
  xid: string;
  id: string;
}

export interface TailEvent extends TailPosition {
  tenantId: string;
  type: string;
  subjectType: string;
  subjectId: string;
  exceptionId: string | null;
  actor: Actor;
  data: Record<string, unknown>;
  /** ISO 8601. */
  createdAt: string;
}

/** The position before everything that commits from now on. */
export async function tailNow(connection: SystemConnection): Promise<TailPosition> {
  const [row] = await connection.query<{ xid: string }>({
    text: 'SELECT pg_snapshot_xmin(pg_current_snapshot())::text AS xid',
  });
  return { xid: row!.xid, id: '0' };
}

/**
 * The events after a position, in commit-safe order: only those of transactions older than every one still open
 * (pg_snapshot_xmin), so that one which commits late is read late and never skipped.
 */
export async function tailEvents(
  connection: SystemConnection,
  after: TailPosition,
  options: { tenantId?: string; limit: number },
): Promise<TailEvent[]> {
  const tenant = options.tenantId ? 'AND tenant_id = $4' : '';
  // Ordered by the columns themselves: an unqualified name would be the text of the same name in the result.
  const rows = await connection.query<Omit<TailEvent, 'createdAt'> & { createdAt: Date }>({
    name: options.tenantId ? 'tail_events_of_tenant' : 'tail_events',
    text: `SELECT xid::text, id::text, tenant_id AS "tenantId", type, subject_type AS "subjectType",
        subject_id AS "subjectId", exception_id AS "exceptionId", data, created_at AS "createdAt",
        json_build_object('type', actor_type, 'id', actor_id, 'name', actor_name) AS actor
      FROM event
      WHERE (xid, id) > ($1::xid8, $2::bigint) AND xid < pg_snapshot_xmin(pg_current_snapshot()) ${tenant}
      ORDER BY event.xid, event.id LIMIT $3`,
    values: [after.xid, after.id, options.limit, ...(options.tenantId ? [options.tenantId] : [])],
  });
  return rows.map((row) => ({ ...row, createdAt: row.createdAt.toISOString() }));
}
