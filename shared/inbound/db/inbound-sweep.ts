import type { Sweep } from '../../executions/db/executions-sweep.ts';
import type { SystemConnection } from '../../platform/db/database.ts';

export const inboundSweep: Sweep = {
  name: 'inbound',
  due: `EXISTS (SELECT FROM inbound_delivery WHERE status = 'accepted' AND start_at <= now())`,
};

/** A delivery whose workflow has to be started. */
export interface DueDelivery {
  id: string;
  tenantId: string;
  round: number;
}

/** The accepted deliveries that have waited longest for their start. */
export function listDueDeliveries(connection: SystemConnection, limit: number): Promise<DueDelivery[]> {
  return connection.query<DueDelivery & Record<string, unknown>>({
    name: 'inbound_due',
    text: `SELECT id, tenant_id AS "tenantId", round FROM inbound_delivery
      WHERE status = 'accepted' AND start_at <= now() ORDER BY start_at LIMIT $1`,
    values: [limit],
  });
}

/** They have been started: unless they end, they are due again after this time. */
export async function postponeStarts(
  connection: SystemConnection,
  ids: readonly string[],
  againMs: number,
): Promise<void> {
  if (ids.length === 0) return;
  await connection.query({
    name: 'inbound_postpone',
    text: `UPDATE inbound_delivery SET start_at = now() + make_interval(secs => $2)
      WHERE id = ANY ($1::uuid[]) AND status = 'accepted'`,
    values: [ids, againMs / 1000],
  });
}
