import { allowedHostsOf } from '../../identity/db/tenant-settings.ts';
import type { SystemConnection } from '../../platform/db/database.ts';
import type { AllowedHost } from '../../platform/egress-rules.ts';
import type { DeliveryAttempt } from './tables.ts';
import type { DeliveryRow } from './webhooks-deliveries.ts';

/** A delivery that only this process sends until its lease ends. */
export interface LeasedDelivery {
  id: string;
  tenantId: string;
  endpointId: string;
  payload: DeliveryRow['payload'];
  attempts: DeliveryAttempt[];
  /** The end of the lease, which also identifies it. */
  lease: string;
  url: string;
  secretSealed: Buffer;
  privateHosts: string[];
  allowedHosts: AllowedHost[] | null;
}

/** What this process is sending, and how much it may send at a time. */
export interface SendingRoom {
  free: number;
  /** How many are in progress, by endpoint and by tenant. */
  endpoints: ReadonlyMap<string, number>;
  tenants: ReadonlyMap<string, number>;
  perEndpoint: number;
  perTenant: number;
}

/** How many due deliveries are considered: those of an endpoint at its limit do not block the others. */
const window = 500;

/**
 * Leases due deliveries, the longest due first. Any number of processes share them; when a lease has expired (its
 * process ended), another process leases the delivery.
 */
export function leaseDeliveries(
  connection: SystemConnection,
  { room, leaseMs }: { room: SendingRoom; leaseMs: number },
): Promise<LeasedDelivery[]> {
  return connection.query<LeasedDelivery>({
    name: 'webhook_lease',
    text: `WITH busy_endpoint AS (SELECT * FROM unnest($1::uuid[], $2::int[]) AS b(id, n)),
      busy_tenant AS (SELECT * FROM unnest($3::uuid[], $4::int[]) AS b(id, n)),
      due AS (
        SELECT id, endpoint_id, tenant_id, next_attempt_at FROM webhook_delivery
        WHERE status = 'pending' AND next_attempt_at <= now()
          AND endpoint_id NOT IN (SELECT id FROM busy_endpoint WHERE n >= $5)
          AND tenant_id NOT IN (SELECT id FROM busy_tenant WHERE n >= $6)
        ORDER BY next_attempt_at LIMIT ${window}),
      placed AS (
        SELECT due.id, next_attempt_at,
          coalesce(e.n, 0) + row_number() OVER (PARTITION BY endpoint_id ORDER BY next_attempt_at) AS of_endpoint,
          coalesce(t.n, 0) + row_number() OVER (PARTITION BY tenant_id ORDER BY next_attempt_at) AS of_tenant
        FROM due LEFT JOIN busy_endpoint e ON e.id = endpoint_id LEFT JOIN busy_tenant t ON t.id = tenant_id),
      leasable AS (
        SELECT d.id FROM webhook_delivery d JOIN placed USING (id)
        WHERE of_endpoint <= $5 AND of_tenant <= $6 AND d.status = 'pending' AND d.next_attempt_at <= now()
        ORDER BY placed.next_attempt_at LIMIT $7 FOR UPDATE OF d SKIP LOCKED)
      UPDATE webhook_delivery d SET next_attempt_at = now() + make_interval(secs => $8)
      FROM leasable, webhook_endpoint e
      WHERE d.id = leasable.id AND e.id = d.endpoint_id AND e.tenant_id = d.tenant_id
      RETURNING d.id, d.tenant_id AS "tenantId", d.endpoint_id AS "endpointId", d.payload, d.attempts,
        d.next_attempt_at::text AS lease, e.url, e.secret_sealed AS "secretSealed",
        coalesce((SELECT private_hosts FROM tenant_setting s WHERE s.tenant_id = d.tenant_id), '{}') AS "privateHosts",
        (SELECT ${allowedHostsOf('s')} FROM tenant_setting s WHERE s.tenant_id = d.tenant_id) AS "allowedHosts"`,
    values: [
      [...room.endpoints.keys()],
      [...room.endpoints.values()],
      [...room.tenants.keys()],
      [...room.tenants.values()],
      room.perEndpoint,
      room.perTenant,
      room.free,
      leaseMs / 1000,
    ],
  });
}

/** The endpoint accepted it. This counts even if the lease has expired: no one else needs to send it. */
export async function settleDelivered(
  connection: SystemConnection,
  delivery: LeasedDelivery,
  attempt: DeliveryAttempt,
): Promise<void> {
  await connection.query({
    name: 'webhook_delivered',
    text: `UPDATE webhook_delivery SET status = 'delivered', next_attempt_at = NULL, completed_at = now(),
        attempts = attempts || $3::jsonb
      WHERE id = $1 AND tenant_id = $2 AND status = 'pending'`,
    values: [delivery.id, delivery.tenantId, JSON.stringify([attempt])],
  });
}

/**
 * Records a failed attempt.
 * @param nextAttemptAt null: it was the last attempt, and the delivery has failed
 * @returns false when the lease had expired: nothing changed
 */
export async function settleNotDelivered(
  connection: SystemConnection,
  delivery: LeasedDelivery,
  attempt: DeliveryAttempt,
  nextAttemptAt: Date | null,
): Promise<boolean> {
  const rows = await connection.query({
    name: 'webhook_not_delivered',
    text: `UPDATE webhook_delivery SET status = CASE WHEN $4::timestamptz IS NULL THEN 'failed' ELSE 'pending' END,
        next_attempt_at = $4, completed_at = CASE WHEN $4::timestamptz IS NULL THEN now() END,
        attempts = attempts || $3::jsonb
      WHERE id = $1 AND tenant_id = $2 AND status = 'pending' AND next_attempt_at = $5::timestamptz RETURNING 1`,
    values: [delivery.id, delivery.tenantId, JSON.stringify([attempt]), nextAttemptAt, delivery.lease],
  });
  return rows.length > 0;
}

/** Ends a lease: another process may send the delivery at once. */
export async function releaseDelivery(connection: SystemConnection, delivery: LeasedDelivery): Promise<void> {
  await connection.query({
    name: 'webhook_release',
    text: `UPDATE webhook_delivery SET next_attempt_at = now()
      WHERE id = $1 AND tenant_id = $2 AND status = 'pending' AND next_attempt_at = $3::timestamptz`,
    values: [delivery.id, delivery.tenantId, delivery.lease],
  });
}

/**
 * Whether deliveries have been failing for this many days, and none succeeded since the first of them. A change of the
 * endpoint restarts the count.
 */
export async function failsForDays(
  connection: SystemConnection,
  { tenantId, endpointId }: { tenantId: string; endpointId: string },
  days: number,
): Promise<boolean> {
  const [row] = await connection.query<{ dead: boolean }>({
    text: `SELECT coalesce(min(completed_at) FILTER (WHERE status = 'failed' AND completed_at > since)
          < now() - make_interval(days => $3), false) AS dead
      FROM webhook_delivery d, LATERAL (
        SELECT greatest(e.updated_at, (SELECT max(completed_at) FROM webhook_delivery
          WHERE tenant_id = $1 AND endpoint_id = $2 AND status = 'delivered')) AS since
        FROM webhook_endpoint e WHERE e.tenant_id = $1 AND e.id = $2) AS known
      WHERE tenant_id = $1 AND endpoint_id = $2`,
    values: [tenantId, endpointId, days],
  });
  return row?.dead ?? false;
}
