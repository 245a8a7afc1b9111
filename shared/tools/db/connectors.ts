import type { TenantConnection } from '../../platform/db/database.ts';
import { definitionFormatVersion } from '../tool-definition.ts';
import type { RegistryConnection } from './registry-connection.ts';

export interface ConnectorRow {
  id: string;
  tenant_id: string | null;
  name: string;
  definition: Record<string, unknown>;
  format_version: number;
  revision: number;
  created_at: Date;
  updated_at: Date;
  /** Tools the tenant may see whose current version uses this connector. */
  tools: { id: string; name: string; title: string; version: number }[];
}

const columns = `c.id, c.tenant_id, c.name, c.definition, c.format_version, c.revision, c.created_at, c.updated_at,
  coalesce((
    SELECT jsonb_agg(jsonb_build_object('id', t.id, 'name', t.name, 'title', t.title, 'version', t.current_version) ORDER BY t.name)
    FROM tool t JOIN tool_version v ON v.tool_id = t.id AND v.version = t.current_version
    WHERE v.connector_id = c.id AND t.archived_at IS NULL), '[]') AS tools`;

/** A connector that is the tenant's own or global, and not archived. */
export async function findConnector(connection: TenantConnection, id: string): Promise<ConnectorRow | null> {
  const [row] = await connection.query<ConnectorRow & Record<string, unknown>>({
    text: `SELECT ${columns} FROM connector c WHERE c.id = $2 AND (c.tenant_id = $1 OR c.tenant_id IS NULL) AND c.archived_at IS NULL`,
    values: [connection.tenantId, id],
  });
  return row ?? null;
}

export async function listConnectors(
  connection: TenantConnection,
  page: { after?: { name: string; id: string }; limit: number },
): Promise<ConnectorRow[]> {
  return connection.query<ConnectorRow & Record<string, unknown>>({
    text: `SELECT ${columns} FROM connector c
      WHERE (c.tenant_id = $1 OR c.tenant_id IS NULL) AND c.archived_at IS NULL AND ($2::text IS NULL OR (c.name, c.id) > ($2, $3::uuid))
      ORDER BY c.name, c.id LIMIT $4`,
    values: [connection.tenantId, page.after?.name ?? null, page.after?.id ?? null, page.limit],
  });
}

export async function insertConnector(
  connection: RegistryConnection,
  connector: { id: string; ownerId: string | null; definition: { name: string } & Record<string, unknown> },
): Promise<void> {
  await connection.query({
    text: 'INSERT INTO connector (id, tenant_id, name, definition, format_version) VALUES ($1, $2, $3, $4, $5)',
    values: [
      connector.id,
      connector.ownerId,
      connector.definition.name,
      JSON.stringify(connector.definition),
      definitionFormatVersion,
    ],
  });
}

/** Locks a connector for a change by its owner; null when it is not the owner's or archived. */
export async function lockConnector(
  connection: RegistryConnection,
  id: string,
  ownerId: string | null,
): Promise<{ definition: Record<string, unknown>; revision: number } | null> {
  const [row] = await connection.query<{ definition: Record<string, unknown>; revision: number }>({
    text: `SELECT definition, revision FROM connector
      WHERE id = $1 AND tenant_id IS NOT DISTINCT FROM $2 AND archived_at IS NULL FOR UPDATE`,
    values: [id, ownerId],
  });
  return row ?? null;
}

export async function updateConnector(
  connection: RegistryConnection,
  connector: { id: string; ownerId: string | null; definition: { name: string } & Record<string, unknown> },
): Promise<void> {
  await connection.query({
    text: `UPDATE connector SET name = $3, definition = $4, format_version = $5, revision = revision + 1, updated_at = now()
      WHERE id = $1 AND tenant_id IS NOT DISTINCT FROM $2`,
    values: [
      connector.id,
      connector.ownerId,
      connector.definition.name,
      JSON.stringify(connector.definition),
      definitionFormatVersion,
    ],
  });
}

export async function archiveConnector(
  connection: RegistryConnection,
  id: string,
  ownerId: string | null,
): Promise<void> {
  await connection.query({
    text: `UPDATE connector SET archived_at = now(), updated_at = now() WHERE id = $1 AND tenant_id IS NOT DISTINCT FROM $2`,
    values: [id, ownerId],
  });
}
