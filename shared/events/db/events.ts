import { and, desc, eq, gt, gte, lt, lte, notInArray, type SQL, sql } from 'drizzle-orm';
import { alias, type PgColumn } from 'drizzle-orm/pg-core';
import { type ActorTable, findActors } from '../../identity/db/find-actors.ts';
import type { Door } from '../../identity/doors.ts';
import type { Actor } from '../../identity/roles.ts';
import { columnsOf } from '../../platform/db/columns-of.ts';
import type { Statement, SystemConnection, TenantConnection } from '../../platform/db/database.ts';
import { when } from '../../platform/db/when.ts';
import type { EventSubject, EventType } from '../event-types.ts';
import { idsBetween } from './event-range.ts';
import { event } from './tables.ts';

export type EventRow = typeof event.$inferSelect;

export interface EventFilter {
  subjectType?: string;
  subjectId?: string;
  exceptionId?: string;
  /** An actor's id or, if no one has it, a part of the name that an actor had last. */
  actor?: string;
  type?: string;
  door?: Door;
  address?: string;
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
  const { actor, limit } = filter;
  const ids = await idsBetween(connection, filter);
  if (!ids) return [];
  const bounded: BoundedFilter = { ...filter, ...ids };
  return connection.orm
    .select()
    .from(event)
    .where(
      and(
        matching(connection, bounded, event),
        actor === undefined ? undefined : await ofActors(connection, bounded, actor),
      ),
    )
    .orderBy(desc(event.id))
    .limit(limit);
}

/** With the ids that its times allow. */
interface BoundedFilter extends EventFilter {
  above: bigint;
  upTo: bigint | undefined;
}

/** The worker is the actor of most events: they are found without an index, and cost no entry in one. */
const byActor: ActorTable = {
  table: 'event',
  id: 'actor_id',
  name: 'actor_name',
  where: "actor_id <> 'worker'",
};
const worker = { id: 'worker', name: 'Interlock' };

/** That an event is among the newest of these actors, each of whom has its own part of the index. */
async function ofActors(connection: TenantConnection, filter: BoundedFilter, actor: string): Promise<SQL> {
  if (actor === worker.id) return eq(event.actor_id, worker.id);
  const ids = await findActors(connection, byActor, actor);
  const row = alias(event, 'each');
  const newest = sql`SELECT ${row.id} FROM ${event} AS "each"
    WHERE ${matching(connection, filter, row)} AND ${row.actor_id} <> 'worker' AND ${row.actor_id} = actor.id
    ORDER BY ${row.id} DESC LIMIT ${filter.limit}`;
  const found = sql`${event.id} IN (SELECT newest.id FROM unnest(${sql.param(ids)}::text[]) AS actor(id)
    CROSS JOIN LATERAL (${newest}) AS newest ORDER BY newest.id DESC LIMIT ${filter.limit})`;
  return worker.name.toLowerCase().includes(actor.toLowerCase())
    ? sql`(${found} OR ${event.actor_id} = 'worker')`
    : found;
}

/** Every condition of the filter but its actor. */
function matching(
  connection: TenantConnection,
  filter: BoundedFilter,
  row: Record<keyof EventRow, PgColumn>,
): SQL | undefined {
  return and(
    eq(row.tenant_id, connection.tenantId),
    when(filter.subjectType, (type) => eq(row.subject_type, type as EventSubject)),
    when(filter.subjectId, (id) => eq(row.subject_id, id)),
    when(filter.exceptionId, (id) => eq(row.exception_id, id)),
    when(filter.type, (type) => eq(row.type, type as EventType)),
    when(filter.door, (door) => eq(row.door, door)),
    when(filter.address, (address) => eq(row.address, address)),
    when(filter.except, (types) => notInArray(row.type, types)),
    when(filter.from, (from) => gte(row.created_at, from)),
    when(filter.to, (to) => lte(row.created_at, to)),
    filter.from && gt(row.id, filter.above),
    when(filter.upTo, (id) => lte(row.id, id)),
    when(filter.before, (id) => lt(row.id, id)),
  );
}

/** Whose events are read. */
export type EventsOf =
  | { exceptionIds: readonly string[] }
  | { subject: EventSubject; ids: readonly string[] };

/** At most `limit` events of each, newest first, with whose they are in `parent`. */
export function listEventsOf(
  connection: TenantConnection,
  of: EventsOf,
  { before, limit }: { before?: bigint | undefined; limit: number },
): Promise<(EventRow & { parent: string })[]> {
  const [ids, own] =
    'ids' in of
      ? [of.ids, 'e.subject_type = $5 AND e.subject_id = each.id']
      : [of.exceptionIds, 'e.exception_id = each.id'];
  return connection.query<EventRow & { parent: string }>({
    name: 'ids' in of ? 'events_of_subjects' : 'events_of_exceptions',
    text: `SELECT each.id AS parent, found.* FROM unnest($2::text[]) AS each(id)
      CROSS JOIN LATERAL (
        SELECT ${columnsOf(event, 'e')} FROM event e
        WHERE e.tenant_id = $1 AND ${own} AND ($3::bigint IS NULL OR e.id < $3)
        ORDER BY e.id DESC LIMIT $4) found
      ORDER BY found.id DESC`,
    values: [connection.tenantId, ids, before ?? null, limit, ...('ids' in of ? [of.subject] : [])],
  });
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
    name: 'tail_now',
    text: 'SELECT interlock_oldest_open_xid()::text AS xid',
  });
  return { xid: row!.xid, id: '0' };
}

/** What there is of some tenants after a position. */
export interface TailPage {
  /** In the order of the log. */
  events: TailEvent[];
  /** Everything of these tenants up to here is in the page, or was before it. */
  until: TailPosition;
  /** There may be more. */
  full: boolean;
}

/**
 * The events after a position, in commit-safe order: only those of transactions older than every open one of this
 * database (decision 0043), so that an event which commits late is read late and never skipped.
 */
export async function readTail(
  connection: SystemConnection,
  after: TailPosition,
  options: TailOptions,
): Promise<TailPage> {
  type Row = Omit<TailEvent, 'createdAt'> & { now: string; createdAt: Date };
  const rows = await connection.query<(Row & { id: string }) | (Row & { id: null })>(
    tailStatement(after, options),
  );
  const events = rows.flatMap(({ now: _now, ...row }) =>
    row.id === null ? [] : [{ ...row, createdAt: row.createdAt.toISOString() }],
  );
  const full = events.length === options.limit;
  const last = events.at(-1);
  const now = { xid: rows[0]!.now, id: rows[0]!.now === after.xid ? after.id : '0' };
  const until = full && last ? { xid: last.xid, id: last.id } : now;
  return { events, until, full };
}

interface TailOptions {
  /** Null: of every tenant. */
  tenantIds: string[] | null;
  /** Left out: every type. */
  types?: readonly EventType[];
  limit: number;
}

/**
 * Each bound is a subquery, and the tenants are chosen behind `OFFSET 0`, so that the planner compares none of them with
 * statistics. It would: behind the newest value that they know it expects one row, and then reads and sorts the whole
 * backlog for each page (2.5 s instead of 0.9 ms). Without an event there is one row, with the position alone. The oldest
 * open transaction is looked up once, since a second look may find a later one, and never lies before the position, except
 * when that is one of another log: a restored database counts its transactions from the start.
 */
export function tailStatement(after: TailPosition, { tenantIds, types, limit }: TailOptions): Statement {
  return {
    name: types ? 'event_tail_types' : 'event_tail',
    text: `WITH open AS MATERIALIZED (SELECT greatest(interlock_oldest_open_xid(),
          CASE WHEN $1::xid8 <= pg_snapshot_xmax(pg_current_snapshot()) THEN $1::xid8 END) AS xid),
      page AS MATERIALIZED (
        SELECT * FROM (
          SELECT xid, id, tenant_id, type, subject_type, subject_id, exception_id, actor_type, actor_id, actor_name, data,
            created_at
          FROM event
          WHERE (xid, id) > ((SELECT $1::xid8), (SELECT $2::bigint))
            AND xid < (SELECT xid FROM open)
          ORDER BY xid, id OFFSET 0
        ) log WHERE ($4::uuid[] IS NULL OR tenant_id = ANY($4))${types ? ' AND type = ANY($5::text[])' : ''} LIMIT $3)
      SELECT open.xid::text AS now, page.xid::text, page.id::text,
        tenant_id AS "tenantId", type, subject_type AS "subjectType", subject_id AS "subjectId",
        exception_id AS "exceptionId", data, created_at AS "createdAt",
        json_build_object('type', actor_type, 'id', actor_id, 'name', actor_name) AS actor
      FROM open LEFT JOIN page ON true ORDER BY page.xid, page.id`,
    values: [after.xid, after.id, limit, tenantIds, ...(types ? [types] : [])],
  };
}
