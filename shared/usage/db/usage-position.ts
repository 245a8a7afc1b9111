import type { TailPosition } from '../../events/db/events.ts';
import type { SystemConnection } from '../../platform/db/database.ts';

/** How far everything is counted. */
export interface CountedUpTo extends TailPosition {
  /** The place of the measure whose rows from before are being counted, and the last one of them. */
  fillMeasure: number;
  fillAfter: string;
  /** Whether all of them are. */
  complete: boolean;
}

/** Until the transaction ends, no other process counts. @returns false when one does */
export async function lockUsage(connection: SystemConnection): Promise<boolean> {
  const [lock] = await connection.query<{ held: boolean }>({
    text: `SELECT set_config('plan_cache_mode', 'force_generic_plan', true),
      pg_try_advisory_xact_lock(hashtextextended($1, 0)) AS held`,
    values: ['interlock/usage'],
  });
  return lock!.held;
}

/**
 * A position of another log says nothing: a restored database counts its transactions from the start. Then the log is read
 * from now on, and every row is looked at again.
 */
export async function readCountedUpTo(connection: SystemConnection): Promise<CountedUpTo> {
  const [row] = await connection.query<CountedUpTo>({
    name: 'usage_position',
    text: `SELECT CASE WHEN known THEN xid ELSE pg_snapshot_xmin(pg_current_snapshot())::text END AS xid,
        CASE WHEN known THEN event_id ELSE '0' END AS id, CASE WHEN known THEN fill_measure ELSE 0 END AS "fillMeasure",
        CASE WHEN known THEN fill_after ELSE '00000000-0000-0000-0000-000000000000' END AS "fillAfter",
        known AND complete AS complete
      FROM usage_position CROSS JOIN LATERAL (
        SELECT xid::xid8 <= pg_snapshot_xmax(pg_current_snapshot()) AS known) position`,
  });
  return row!;
}

/** @param reached everything that was committed by then is counted; left out: there is more to read */
export async function writeCountedUpTo(
  connection: SystemConnection,
  { xid, id, fillMeasure, fillAfter, complete }: CountedUpTo,
  reached?: { asOf: Date; eventCount: string },
): Promise<void> {
  await connection.query({
    name: 'usage_position_write',
    text: `UPDATE usage_position SET xid = $1, event_id = $2, fill_measure = $3, fill_after = $4, complete = $5,
      as_of = coalesce($6, as_of), event_count = coalesce($7, event_count)`,
    values: [xid, id, fillMeasure, fillAfter, complete, reached?.asOf ?? null, reached?.eventCount ?? null],
  });
}

/** Until when everything is counted, and whether what was there before is. */
export async function readFreshness(
  connection: SystemConnection,
): Promise<{ asOf: Date; complete: boolean }> {
  const [row] = await connection.query<{ asOf: Date; complete: boolean }>({
    name: 'usage_freshness',
    text: `SELECT CASE WHEN event_count = last_value::text THEN now() ELSE as_of END AS "asOf", complete
      FROM usage_position, event_id_seq`,
  });
  return row!;
}
