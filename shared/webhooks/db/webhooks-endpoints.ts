import type { Actor } from '../../identity/roles.ts';
import type { SystemConnection, TenantConnection } from '../../platform/db/database.ts';

export interface EndpointRow {
  [column: string]: unknown;
  id: string;
  url: string;
  description: string;
  event_types: string[];
  secret_sealed: Buffer;
  enabled: boolean;
  disabled_reason: string | null;
  created_at: Date;
  updated_at: Date;
}

/** All of the tenant's, oldest first. */
export function listEndpoints(connection: TenantConnection): Promise<EndpointRow[]> {
  return connection.query<EndpointRow>({
    name: 'webhook_endpoints',
    text: 'SELECT * FROM webhook_endpoint WHERE tenant_id = $1 AND archived_at IS NULL ORDER BY id',
    values: [connection.tenantId],
  });
}

/** Archived ones too: their deliveries stay. */
export async function hasEndpoint(connection: TenantConnection, id: string): Promise<boolean> {
  const rows = await connection.query({
    name: 'webhook_endpoint_known',
    text: 'SELECT 1 FROM webhook_endpoint WHERE tenant_id = $1 AND id = $2',
    values: [connection.tenantId, id],
  });
  return rows.length > 0;
}

/** Locked until the transaction ends; null when it is archived or not this tenant's. */
export async function lockEndpoint(connection: TenantConnection, id: string): Promise<EndpointRow | null> {
  const [row] = await connection.query<EndpointRow>({
    name: 'webhook_endpoint_lock',
    text: `SELECT * FROM webhook_endpoint
      WHERE tenant_id = $1 AND id = $2 AND archived_at IS NULL FOR UPDATE`,
    values: [connection.tenantId, id],
  });
  return row ?? null;
}

export async function insertEndpoint(
  connection: TenantConnection,
  endpoint: {
    id: string;
    url: string;
    description: string;
    eventTypes: string[];
    secretSealed: Buffer;
    actor: Actor;
  },
): Promise<EndpointRow> {
  const { id, url, description, eventTypes, secretSealed, actor } = endpoint;
  const [row] = await connection.query<EndpointRow>({
    text: `INSERT INTO webhook_endpoint (id, tenant_id, url, description, event_types, secret_sealed,
        created_by_type, created_by_id, created_by_name)
      VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9) RETURNING *`,
    values: [
      id,
      connection.tenantId,
      url,
      description,
      eventTypes,
      secretSealed,
      actor.type,
      actor.id,
      actor.name,
    ],
  });
  return row!;
}

export async function updateEndpoint(
  connection: TenantConnection,
  { id, url, description, event_types, enabled, disabled_reason, secret_sealed }: EndpointRow,
): Promise<EndpointRow> {
  const [row] = await connection.query<EndpointRow>({
    text: `UPDATE webhook_endpoint SET url = $3, description = $4, event_types = $5, enabled = $6,
        disabled_reason = $7, secret_sealed = $8, updated_at = now()
      WHERE tenant_id = $1 AND id = $2 RETURNING *`,
    values: [connection.tenantId, id, url, description, event_types, enabled, disabled_reason, secret_sealed],
  });
  return row!;
}

export async function archiveEndpoint(connection: TenantConnection, id: string): Promise<void> {
  await connection.query({
    text: `UPDATE webhook_endpoint SET archived_at = now(), enabled = false, updated_at = now()
      WHERE tenant_id = $1 AND id = $2`,
    values: [connection.tenantId, id],
  });
}

/** What still waited for an endpoint that takes nothing more has failed. @returns how many those were */
export async function failPendingDeliveries(
  connection: TenantConnection | SystemConnection,
  { tenantId, endpointId, reason }: { tenantId: string; endpointId: string; reason: string },
): Promise<number> {
  const attempt = { at: new Date().toISOString(), durationMs: 0, httpStatus: null, error: reason };
  const rows = await connection.query({
    text: `UPDATE webhook_delivery SET status = 'failed', next_attempt_at = NULL, completed_at = now(),
        attempts = attempts || $3::jsonb
      WHERE tenant_id = $1 AND endpoint_id = $2 AND status = 'pending' RETURNING 1`,
    values: [tenantId, endpointId, JSON.stringify([attempt])],
  });
  return rows.length;
}
