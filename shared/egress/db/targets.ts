import type { TenantConnection } from '../../platform/db/database.ts';
import type { VersionRow } from '../../tools/db/tools.ts';
import { webhookName } from './reach.ts';

/** A tool that the tenant may execute, at its current version. */
export type CallingTool = Pick<VersionRow, 'format_version' | 'definition' | 'connector_definition'> & {
  tool_id: string;
  name: string;
};

/** @param after the id of the last one before; null for the first page */
export function pageOfTools(
  connection: TenantConnection,
  after: string | null,
  limit: number,
): Promise<CallingTool[]> {
  return connection.query<CallingTool & Record<string, unknown>>({
    name: 'egress_tools',
    text: `SELECT t.id AS tool_id, t.name, v.format_version, v.definition, c.definition AS connector_definition
      FROM tool t
      JOIN tool_version v ON v.tool_id = t.id AND v.version = t.current_version
      LEFT JOIN tool_policy p ON p.tool_id = t.id AND p.tenant_id = $1
      LEFT JOIN connector c ON c.id = v.connector_id
      WHERE t.archived_at IS NULL AND (t.tenant_id = $1 OR t.tenant_id IS NULL) AND coalesce(p.enabled, true)
        AND ($2::uuid IS NULL OR t.id > $2)
      ORDER BY t.id LIMIT $3`,
    values: [connection.tenantId, after, limit],
  });
}

export interface CallingPlace extends Record<string, unknown> {
  id: string;
  name: string;
  /** `host:port`. */
  hosts: string[];
}

/** The tenant's credentials with the hosts that they may be sent to. */
export function listCredentialHosts(connection: TenantConnection, limit: number): Promise<CallingPlace[]> {
  return connection.query<CallingPlace>({
    text: `SELECT id, name, allowed_hosts AS hosts FROM credential
      WHERE tenant_id = $1 AND archived_at IS NULL ORDER BY name, id LIMIT $2`,
    values: [connection.tenantId, limit],
  });
}

export function listConnectors(
  connection: TenantConnection,
  limit: number,
): Promise<{ id: string; name: string; definition: Record<string, unknown> }[]> {
  return connection.query({
    text: `SELECT id, name, definition FROM connector
      WHERE (tenant_id = $1 OR tenant_id IS NULL) AND archived_at IS NULL ORDER BY name, id LIMIT $2`,
    values: [connection.tenantId, limit],
  });
}

/** Those that are enabled. */
export function listWebhookUrls(
  connection: TenantConnection,
): Promise<{ id: string; name: string; url: string }[]> {
  return connection.query({
    text: `SELECT id, ${webhookName} AS name, url FROM webhook_endpoint
      WHERE tenant_id = $1 AND archived_at IS NULL AND enabled ORDER BY id`,
    values: [connection.tenantId],
  });
}
