import type { TenantConnection } from '../../platform/db/database.ts';
import type { DeliveryFailure } from '../notification-schemas.ts';

/** By the id of the channel or the subscription; `email` for emails. */
export type Failures = ReadonlyMap<string, DeliveryFailure>;

/** Of the latest so many: the page of someone who has more still opens. */
const mostRead = 10_000;

/**
 * What was last not sent in each way within a week: it was not taken, or the execution of the tool has failed.
 * @param userId null: of everyone
 */
export async function readFailures(connection: TenantConnection, userId: string | null): Promise<Failures> {
  const rows = await connection.query<{
    way: string | null;
    error: string | null;
    at: Date;
    execution_id: string | null;
  }>({
    name: 'notification_failures',
    text: `SELECT DISTINCT ON (way) * FROM (
        (SELECT channel_id::text AS way, error, ended_at AS at, NULL::uuid AS execution_id
        FROM notification_delivery
        WHERE tenant_id = $1 AND ended_at > now() - interval '7 days' AND error IS NOT NULL AND status <> 'dropped'
          AND ($2::text IS NULL OR user_id = $2)
        ORDER BY ended_at DESC LIMIT ${mostRead})
        UNION ALL
        SELECT d.channel_id::text, e.error_message, coalesce(e.completed_at, d.ended_at), e.id
        FROM (
          SELECT tenant_id, channel_id, ended_at, execution_id FROM notification_delivery
          WHERE tenant_id = $1 AND ended_at > now() - interval '7 days' AND execution_id IS NOT NULL
            AND ($2::text IS NULL OR user_id = $2)
          ORDER BY ended_at DESC LIMIT ${mostRead}) d
        JOIN tool_execution e ON e.id = d.execution_id AND e.tenant_id = d.tenant_id
        WHERE e.status = 'failed') failed
      ORDER BY way, at DESC`,
    values: [connection.tenantId, userId],
  });
  return new Map(
    rows.map(({ way, error, at, execution_id }) => [
      way ?? 'email',
      { error: error ?? 'It could not be sent.', at: at.toISOString(), executionId: execution_id },
    ]),
  );
}
