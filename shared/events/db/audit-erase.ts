import type { SystemConnection } from '../../platform/db/database.ts';
import type { ErasablePart, Opening } from '../server/audit/audit-digest.ts';

/** The salts of events that are sealed, in hex, by their ids. */
export async function readSalts(
  connection: SystemConnection,
  tenantId: string,
  ids: string[],
): Promise<Map<string, string>> {
  const rows = await connection.query<{ id: string; salt: string }>({
    name: 'audit_salts',
    text: `SELECT place.id::text, encode(substring(b.salts FROM (place.number::int - 1) * 16 + 1 FOR 16), 'hex') AS salt
      FROM audit_block b CROSS JOIN LATERAL unnest(b.event_ids) WITH ORDINALITY AS place(id, number)
      WHERE b.tenant_id = $1 AND b.event_ids && $2::bigint[] AND place.id = ANY ($2::bigint[])
        AND b.high_id >= (SELECT min(id) FROM unnest($2::bigint[]) AS of(id))
        AND b.low_id <= (SELECT max(id) FROM unnest($2::bigint[]) AS of(id))`,
    values: [tenantId, ids],
  });
  return new Map(rows.map(({ id, salt }) => [id, salt]));
}

export interface ErasedEvent {
  id: string;
  parts: ErasablePart[];
  opening: Exclude<Opening, string>;
}

/** Erases parts of events, and the salts of these events. @throws when this event does not announce it, or is not sealed */
export async function writeErased(
  connection: SystemConnection,
  tenantId: string,
  announcement: string,
  erased: readonly ErasedEvent[],
): Promise<void> {
  await connection.query({
    name: 'audit_erase_events',
    text: 'SELECT interlock_erase_events($1, $2::bigint, $3::jsonb)',
    values: [tenantId, announcement, JSON.stringify(erased)],
  });
}

/** Which of these events legal holds cover, with the first one of each. */
export async function readHeldEvents(
  connection: SystemConnection,
  tenantId: string,
  ids: string[],
): Promise<Map<string, string>> {
  const rows = await connection.query<{ id: string; hold: string | null }>({
    name: 'audit_held_events',
    text: `SELECT e.id::text, interlock_held(e.tenant_id, e.exception_id, x.tool_id, coalesce(x.created_at, e.created_at))::text AS hold
      FROM event e LEFT JOIN tool_execution x ON e.subject_type = 'execution' AND x.tenant_id = e.tenant_id
        AND x.id = CASE WHEN e.subject_id ~ '^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$' THEN e.subject_id::uuid END
      WHERE e.tenant_id = $1 AND e.id = ANY ($2::bigint[])`,
    values: [tenantId, ids],
  });
  return new Map(rows.flatMap(({ id, hold }) => (hold === null ? [] : [[id, hold]])));
}
