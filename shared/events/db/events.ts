import { and, desc, eq, gte, ilike, lt, lte, notInArray, or } from 'drizzle-orm';
import type { Actor } from '../../identity/roles.ts';
import type { SystemConnection, TenantConnection } from '../../platform/db/database.ts';
import { escapeLike } from '../../platform/db/escape-like.ts';
import { when } from '../../platform/db/when.ts';
import type { EventSubject, EventType } from '../event-types.ts';
import { event } from './tables.ts';

export type EventRow = typeof event.$inferSelect;

export interface EventFilter {
  subjectType?: string;
  subjectId?: string;
  exceptionId?: string;
  /** An actor's id, or a part of its name. */
  actor?: string;
  type?: string;
  /** Types to leave out. */
  except?: EventType[];
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
        eq(event.tenant_id, connection.tenantId),
        when(filter.subjectType, (type) => eq(event.subject_type, type as EventSubject)),
        when(filter.subjectId, (id) => eq(event.subject_id, id)),
        when(filter.exceptionId, (id) => eq(event.exception_id, id)),
        when(filter.type, (type) => eq(event.type, type as EventType)),
        when(filter.except, (types) => notInArray(event.type, types)),
        when(filter.actor, (part) =>
          or(eq(event.actor_id, part), ilike(event.actor_name, `%${escapeLike(part)}%`)),
        ),
        when(filter.from, (from) => gte(event.created_at, from)),
        when(filter.to, (to) => lte(event.created_at, to)),
        when(filter.before, (id) => lt(event.id, id)),
      ),
    )
    .orderBy(desc(event.id))
    .limit(filter.limit);
}

/** The position of a live tail: every event at or before it, in (xid, id) order, has been seen. */
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
 * The events after a position, in commit-safe order: only those of transactions older than every open one
 * (pg_snapshot_xmin), so that an event which commits late is read late and never skipped.
 */
export async function tailEvents(
  connection: SystemConnection,
  after: TailPosition,
  options: { tenantId?: string; limit: number },
): Promise<TailEvent[]> {
  const tenant = options.tenantId ? 'AND tenant_id = $4' : '';
  // ORDER BY names the table: `id` alone would be the text column of the result.
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
