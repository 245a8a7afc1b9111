import type { TenantConnection } from '../../platform/db/database.ts';
import type { DeliveryFailure } from '../notification-schemas.ts';

/** By the id of the channel or the subscription; `email` for emails. */
export type Failures = ReadonlyMap<string, DeliveryFailure>;

/** What was last not sent in each way within a week. @param userId null: of everyone */
export async function readFailures(connection: TenantConnection, userId: string | null): Promise<Failures> {
  const rows = await connection.query<{ way: string; error: string; failed_at: Date }>({
    name: 'notification_failures',
    text: `SELECT DISTINCT ON (1) coalesce(channel_id, subscription_id)::text AS way, error, failed_at
      FROM notification_delivery
      WHERE tenant_id = $1 AND failed_at > now() - interval '7 days' AND ($2::text IS NULL OR user_id = $2)
      ORDER BY 1, failed_at DESC`,
    values: [connection.tenantId, userId],
  });
  return new Map(
    rows.map(({ way, error, failed_at }) => [way ?? 'email', { error, at: failed_at.toISOString() }]),
  );
}
