import type { TenantConnection } from '../../platform/db/database.ts';

export interface GroupKey {
  webhookId: string;
  /** A digest of the key. */
  digest: string;
}

/** What is known of a key of an endpoint. */
export interface InboundGroup {
  exceptionId: string | null;
  number: number | null;
  unresolved: boolean;
  seenCount: number;
  openedBy: string | null;
  resolvedBy: string | null;
}

/** Locked until the transaction ends; null: the key is new. */
export async function lockGroup(
  connection: TenantConnection,
  { webhookId, digest }: GroupKey,
): Promise<InboundGroup | null> {
  const [row] = await connection.query<InboundGroup & Record<string, unknown>>({
    name: 'inbound_group_lock',
    text: `SELECT g.exception_id AS "exceptionId", x.number, coalesce(x.status <> 'resolved', false) AS unresolved,
        g.seen_count AS "seenCount", g.opened_by AS "openedBy", g.resolved_by AS "resolvedBy"
      FROM inbound_group g LEFT JOIN exception x ON x.tenant_id = g.tenant_id AND x.id = g.exception_id
      WHERE g.tenant_id = $1 AND g.webhook_id = $2 AND g.key_digest = $3 FOR NO KEY UPDATE OF g`,
    values: [connection.tenantId, webhookId, digest],
  });
  return row ?? null;
}

/**
 * Gives a key to an exception that is being opened.
 * @returns false when an unresolved one has it, or a later delivery has resolved it: this one must not be opened
 */
export async function takeGroup(
  connection: TenantConnection,
  { webhookId, digest }: GroupKey,
  { exceptionId, deliveryId }: { exceptionId: string; deliveryId: string },
): Promise<boolean> {
  const rows = await connection.query({
    name: 'inbound_group_take',
    text: `INSERT INTO inbound_group AS g (tenant_id, webhook_id, key_digest, exception_id, seen_count, opened_by)
      VALUES ($1, $2, $3, $4, 1, $5)
      ON CONFLICT (tenant_id, webhook_id, key_digest) DO UPDATE
      SET exception_id = excluded.exception_id, seen_count = 1, last_seen_at = now(), opened_by = excluded.opened_by
      WHERE coalesce(g.resolved_by <= excluded.opened_by, true) AND NOT EXISTS (SELECT FROM exception x
        WHERE x.tenant_id = g.tenant_id AND x.id = g.exception_id AND x.status <> 'resolved')
      RETURNING 1`,
    values: [connection.tenantId, webhookId, digest, exceptionId, deliveryId],
  });
  return rows.length > 0;
}

/** Another delivery about the same. @returns how many there have been */
export async function countSeen(
  connection: TenantConnection,
  { webhookId, digest }: GroupKey,
  deliveryId: string,
): Promise<number> {
  const [row] = await connection.query<{ count: number }>({
    name: 'inbound_group_seen',
    text: `UPDATE inbound_group SET seen_count = seen_count + 1, last_seen_at = now(), opened_by = greatest(opened_by, $4::uuid)
      WHERE tenant_id = $1 AND webhook_id = $2 AND key_digest = $3 RETURNING seen_count AS count`,
    values: [connection.tenantId, webhookId, digest, deliveryId],
  });
  return row!.count;
}

/** The source says that it is over. A later delivery may say that it has begun again. */
export async function markResolved(
  connection: TenantConnection,
  { webhookId, digest }: GroupKey,
  deliveryId: string,
): Promise<void> {
  await connection.query({
    name: 'inbound_group_resolved',
    text: `INSERT INTO inbound_group AS g (tenant_id, webhook_id, key_digest, resolved_by) VALUES ($1, $2, $3, $4)
      ON CONFLICT (tenant_id, webhook_id, key_digest) DO UPDATE
      SET resolved_by = greatest(g.resolved_by, excluded.resolved_by)`,
    values: [connection.tenantId, webhookId, digest, deliveryId],
  });
}
