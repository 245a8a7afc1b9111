import type { TailPosition } from '../../events/db/events.ts';
import type { EventType } from '../../events/event-types.ts';
import type { SystemConnection } from '../../platform/db/database.ts';
import { searchPosition } from './tables.ts';

/** How far the log has been indexed. */
export interface IndexedUpTo extends TailPosition {
  /** Whether the end of the log was reached once. */
  complete: boolean;
}

/**
 * Until the transaction ends, no other process writes texts. It waits 5 s for one that does. A plan that was made for other positions would sort the log.
 */
export async function lockIndex(connection: SystemConnection): Promise<void> {
  await connection.query({
    text: `SELECT set_config('plan_cache_mode', 'force_generic_plan', true), set_config('lock_timeout', '5s', true),
      pg_advisory_xact_lock(hashtextextended($1, 0))`,
    values: ['interlock/search'],
  });
}

/** The beginning for a position of another log: a restored database counts its transactions from the start. */
export async function readIndexed(connection: SystemConnection): Promise<IndexedUpTo> {
  const [row] = await connection.query<IndexedUpTo>({
    name: 'search_position',
    text: `SELECT CASE WHEN known THEN xid ELSE '0' END AS xid, CASE WHEN known THEN event_id ELSE '0' END AS id, complete
      FROM search_position CROSS JOIN LATERAL (
        SELECT xid::xid8 <= pg_snapshot_xmax(pg_current_snapshot()) AS known) position`,
  });
  return row!;
}

export async function writeIndexed(
  connection: SystemConnection,
  { xid, id, complete }: IndexedUpTo,
): Promise<void> {
  await connection.orm.update(searchPosition).set({ xid, event_id: id, complete });
}

/** Changes with every event, also with one that is not committed yet. */
export async function readEventCount(connection: SystemConnection): Promise<string> {
  const [row] = await connection.query<{ last: string }>({
    name: 'search_event_count',
    text: 'SELECT last_value::text AS last FROM event_id_seq',
  });
  return row!.last;
}

const after = `(xid, id) > ($1::xid8, $2::bigint) AND xid < pg_snapshot_xmax(pg_current_snapshot())
  AND type = ANY($3::text[])`;

export async function hasEventsAfter(
  connection: SystemConnection,
  { xid, id }: TailPosition,
  types: readonly EventType[],
): Promise<boolean> {
  const [row] = await connection.query<{ more: boolean }>({
    name: 'search_more',
    text: `SELECT EXISTS (SELECT FROM event WHERE ${after}) AS more`,
    values: [xid, id, types],
  });
  return row!.more;
}

export interface IndexEvent extends TailPosition {
  type: EventType;
  subjectId: string;
}

/**
 * The next events, those of transactions that may still be overtaken included.
 * @returns with `open`, the oldest transaction that has not ended: no event of an earlier one can still appear
 */
export async function eventsToIndex(
  connection: SystemConnection,
  { xid, id }: TailPosition,
  types: readonly EventType[],
  limit: number,
): Promise<{ open: string; events: IndexEvent[] }> {
  const [row] = await connection.query<{ open: string; events: IndexEvent[] }>({
    name: 'search_events',
    text: `SELECT interlock_oldest_open_xid()::text AS open, (
        SELECT coalesce(json_agg(json_build_object(
          'xid', next.xid::text, 'id', next.id::text, 'type', next.type, 'subjectId', next.subject_id)
          ORDER BY next.xid, next.id), '[]')
        FROM (SELECT xid, id, type, subject_id FROM event WHERE ${after} ORDER BY xid, id LIMIT $4) next) AS events`,
    values: [xid, id, types, limit],
  });
  return row!;
}
