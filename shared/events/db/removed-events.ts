import type { SystemConnection, TenantConnection } from '../../platform/db/database.ts';

/** The last event that says which events of the log retention has removed: some of those up to a place in the chain. */
export async function readLastRemoval(
  connection: SystemConnection | TenantConnection,
  tenantId: string,
): Promise<{ eventId: string; throughSequence: number } | null> {
  const [row] = await connection.query<{ eventId: string; throughSequence: number }>({
    name: 'removed_events',
    text: `SELECT id::text AS "eventId", (data ->> 'throughSequence')::float8 AS "throughSequence" FROM event
      WHERE tenant_id = $1 AND subject_type = 'settings' AND subject_id = 'records/events' AND type = 'RecordsRemoved'
      ORDER BY id DESC LIMIT 1`,
    values: [tenantId],
  });
  return row ?? null;
}
