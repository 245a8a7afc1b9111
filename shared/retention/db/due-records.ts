import type { SystemConnection, TenantConnection } from '../../platform/db/database.ts';
import type { RecordKind } from '../retention-schemas.ts';

const most = 10_000;

const counted: Record<RecordKind, string> = {
  payloads: `SELECT FROM tool_execution WHERE tenant_id = $1 AND id < interlock_uuid_floor($2) AND payloads_removed_at IS NULL`,
  events: 'SELECT FROM event WHERE tenant_id = $1 AND created_at < $2',
  deliveries: `SELECT FROM webhook_delivery WHERE tenant_id = $1 AND created_at < $2 AND status <> 'pending'
    UNION ALL SELECT FROM inbound_delivery WHERE tenant_id = $1 AND received_at < $2 AND status <> 'accepted'`,
};

/** How much of a kind is older than this, counted up to 10,000. */
export async function countOlder(
  connection: SystemConnection | TenantConnection,
  tenantId: string,
  kind: RecordKind,
  before: Date,
): Promise<{ count: number; more: boolean }> {
  const [row] = await connection.query<{ count: number }>({
    text: `SELECT count(*)::int AS count FROM (${counted[kind]} LIMIT ${most + 1}) found`,
    values: [tenantId, before],
  });
  const count = row!.count;
  return { count: Math.min(count, most), more: count > most };
}
