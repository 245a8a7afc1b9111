import type { SystemConnection } from '../../platform/db/database.ts';
import { retentionRemoval } from './tables.ts';

type Row = typeof retentionRemoval.$inferSelect;

export async function readRemoval(
  connection: SystemConnection,
  tenantId: string,
  what: Row['what'],
): Promise<{ upToId: string | null; throughSequence: number; doneUpTo: string | null } | null> {
  const [row] = await connection.query<{
    upToId: string | null;
    throughSequence: number;
    doneUpTo: string | null;
  }>({
    text: `SELECT up_to_id::text AS "upToId", coalesce(through_sequence, 0)::float8 AS "throughSequence", done_up_to AS "doneUpTo"
      FROM retention_removal WHERE tenant_id = $1 AND what = $2`,
    values: [tenantId, what],
  });
  return row ?? null;
}

export async function writeRemoval(
  connection: SystemConnection,
  row: typeof retentionRemoval.$inferInsert,
): Promise<void> {
  await connection.orm
    .insert(retentionRemoval)
    .values(row)
    .onConflictDoUpdate({ target: [retentionRemoval.tenant_id, retentionRemoval.what], set: row });
}

/** Some deliveries that have ended, sent or received; none while a hold of the tenant stands. @returns how many */
export async function removeDeliveries(
  connection: SystemConnection,
  tenantId: string,
  before: Date,
  limit: number,
): Promise<number> {
  const sent = await connection.query({
    name: 'retention_deliveries',
    text: `DELETE FROM webhook_delivery WHERE id IN (
        SELECT id FROM webhook_delivery
        WHERE tenant_id = $1 AND created_at < $2 AND status <> 'pending'
          AND NOT EXISTS (SELECT FROM legal_hold WHERE tenant_id = $1 AND released_at IS NULL) LIMIT $3)
      RETURNING 1`,
    values: [tenantId, before, limit],
  });
  if (sent.length === limit) return sent.length;
  const received = await connection.query({
    name: 'retention_inbound_deliveries',
    text: `DELETE FROM inbound_delivery WHERE id IN (
        SELECT id FROM inbound_delivery
        WHERE tenant_id = $1 AND received_at < $2 AND status <> 'accepted'
          AND NOT EXISTS (SELECT FROM legal_hold WHERE tenant_id = $1 AND released_at IS NULL) LIMIT $3)
      RETURNING 1`,
    values: [tenantId, before, limit],
  });
  return Math.max(sent.length, received.length);
}
