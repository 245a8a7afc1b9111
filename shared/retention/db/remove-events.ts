import type { SystemConnection } from '../../platform/db/database.ts';

export interface EventRange {
  /** Lower ids may go, as far as they are from before the time. */
  upToId: string;
  /** All of them are sealed at or before this place in the chain. */
  throughSequence: number;
}

/**
 * What of a tenant's log was written before a time, the start of a month: so only partitions before it are read.
 * @returns null: nothing, or something that is not sealed yet
 */
export async function eventsBefore(
  connection: SystemConnection,
  tenantId: string,
  before: Date,
): Promise<EventRange | null> {
  const [row] = await connection.query<{ upToId: string; throughSequence: number }>({
    text: `WITH newest AS (
        SELECT id FROM event WHERE tenant_id = $1 AND created_at < $2 ORDER BY id DESC LIMIT 1)
      SELECT (n.id + 1)::text AS "upToId",
        (b.first_sequence + cardinality(b.event_ids) - 1)::float8 AS "throughSequence"
      FROM newest n CROSS JOIN LATERAL (
        SELECT * FROM audit_block WHERE tenant_id = $1 AND low_id <= n.id ORDER BY number DESC LIMIT 1) b
      WHERE NOT EXISTS (SELECT FROM event e, audit_position p WHERE e.tenant_id = $1 AND e.created_at < $2
        AND (e.xid, e.id) > (p.xid::xid8, p.event_id::bigint))`,
    values: [tenantId, before],
  });
  return row ?? null;
}

export interface OldEvent extends Record<string, unknown> {
  id: string;
  kept: boolean;
}

const kept = (
  e: string,
): string => `interlock_must_stay(${e}.tenant_id, ${e}.exception_id, NULL, ${e}.created_at)
  OR ${e}.subject_type = 'execution' AND EXISTS (SELECT FROM tool_execution x WHERE
    x.id = ${e}.subject_id::uuid AND x.tenant_id = ${e}.tenant_id AND (x.status NOT IN ('succeeded', 'failed')
      OR coalesce(x.failure_code = 'outcome_unknown', false)
      OR interlock_must_stay(x.tenant_id, x.exception_id, x.tool_id, x.created_at)))
  OR ${e}.subject_type = 'run' AND EXISTS (SELECT FROM playbook_run r WHERE r.id = ${e}.subject_id::uuid
    AND r.tenant_id = ${e}.tenant_id AND r.status IN ('running', 'waiting'))
  OR ${e}.subject_type = 'step' AND EXISTS (SELECT FROM playbook_step_run s JOIN playbook_run r ON r.id = s.run_id
    WHERE s.id = ${e}.subject_id::uuid AND s.tenant_id = ${e}.tenant_id AND r.status IN ('running', 'waiting'))`;

/** The next events whose removal was announced. What belongs to something open or held is kept. */
export function pageOfEvents(
  connection: SystemConnection,
  { tenantId, after, limit }: { tenantId: string; after: string; limit: number },
): Promise<OldEvent[]> {
  return connection.query<OldEvent>({
    name: 'retention_events',
    text: `SELECT e.id::text, ${kept('e')} AS kept FROM (
        SELECT * FROM event WHERE tenant_id = $1 AND id > $2::bigint
          AND id < (SELECT up_to_id FROM retention_removal WHERE tenant_id = $1 AND what = 'events')
          AND created_at < (SELECT before FROM retention_removal WHERE tenant_id = $1 AND what = 'events')
        ORDER BY id LIMIT $3) e ORDER BY e.id`,
    values: [tenantId, after, limit],
  });
}

/** @returns how many were there */
export async function removeEvents(
  connection: SystemConnection,
  tenantId: string,
  ids: string[],
): Promise<number> {
  const [row] = await connection.query<{ removed: number }>({
    name: 'retention_remove_events',
    text: 'SELECT interlock_remove_events($1, $2::bigint[]) AS removed',
    values: [tenantId, ids],
  });
  return row!.removed;
}

/** The months of the log, `2031_01`, that ended before a time; oldest first. */
export async function listEventMonths(connection: SystemConnection, endedBefore: Date): Promise<string[]> {
  const rows = await connection.query<{ month: string }>({
    text: `SELECT right(c.relname, 7) AS month FROM pg_inherits i JOIN pg_class c ON c.oid = i.inhrelid
      WHERE i.inhparent = 'event'::regclass AND c.relname ~ '^event_\\d{4}_\\d{2}$'
        AND (to_date(right(c.relname, 7), 'YYYY_MM') + interval '1 month') AT TIME ZONE 'UTC' < $1
      ORDER BY c.relname`,
    values: [endedBefore],
  });
  return rows.map(({ month }) => month);
}

/** Whether something of this month belongs to what is open or held: it reads what is open, not the month. */
export async function isMonthKept(connection: SystemConnection, month: string): Promise<boolean> {
  const start = `to_date($1, 'YYYY_MM')::timestamp AT TIME ZONE 'UTC'`;
  const end = `(to_date($1, 'YYYY_MM') + interval '1 month') AT TIME ZONE 'UTC'`;
  const inMonth = `e.created_at >= ${start} AND e.created_at < ${end}`;
  const has = (tenant: string, where: string) =>
    `EXISTS (SELECT FROM event e WHERE e.tenant_id = ${tenant} AND ${inMonth} AND ${where})`;
  const ofSubject = (type: string, id: string) => `e.subject_type = '${type}' AND e.subject_id = ${id}`;
  const [row] = await connection.query<{ kept: boolean }>({
    text: `SELECT EXISTS (SELECT FROM exception x WHERE x.status <> 'resolved' AND ${has('x.tenant_id', 'e.exception_id = x.id::text')})
      OR EXISTS (SELECT FROM tool_execution x WHERE (x.status IN ('requested', 'running') OR x.failure_code = 'outcome_unknown')
        AND x.id < interlock_uuid_floor(${end}) AND ${has('x.tenant_id', ofSubject('execution', 'x.id::text'))})
      OR EXISTS (SELECT FROM playbook_run r WHERE r.status IN ('running', 'waiting') AND (${has('r.tenant_id', ofSubject('run', 'r.id::text'))}
        OR EXISTS (SELECT FROM playbook_step_run s WHERE s.run_id = r.id AND ${has('r.tenant_id', ofSubject('step', 's.id::text'))})))
      OR EXISTS (SELECT FROM legal_hold h WHERE h.released_at IS NULL AND ${has('h.tenant_id', 'true')}) AS kept`,
    values: [month],
  });
  return row!.kept;
}

/** Until the end of the transaction no one puts anything under a hold. */
export async function lockHolds(connection: SystemConnection): Promise<void> {
  await connection.query({ text: 'LOCK TABLE legal_hold IN SHARE MODE' });
}

/** @returns false when something of it must stay, or the log is too busy now */
export async function dropMonth(connection: SystemConnection, month: string): Promise<boolean> {
  const [row] = await connection.query<{ dropped: boolean }>({
    text: 'SELECT interlock_drop_events($1) AS dropped',
    values: [month],
  });
  return row!.dropped;
}
