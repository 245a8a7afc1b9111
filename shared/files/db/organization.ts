import type { TenantConnection } from '../../platform/db/database.ts';

/** A definition of the organization with what identifies its present state. */
export interface StoredConnector {
  id: string;
  /** Null: global. */
  tenant_id: string | null;
  name: string;
  revision: number;
  definition: Record<string, unknown>;
}

/** Its own connectors, and the global ones that tools may use. */
export function readConnectors(connection: TenantConnection): Promise<StoredConnector[]> {
  return connection.query<StoredConnector & Row>({
    text: `SELECT id, tenant_id, name, revision, definition FROM connector
      WHERE (tenant_id = $1 OR tenant_id IS NULL) AND archived_at IS NULL ORDER BY name`,
    values: [connection.tenantId],
  });
}

export interface StoredTool {
  id: string;
  /** Null: global. */
  tenant_id: string | null;
  name: string;
  version: number;
  format_version: number;
  /** Null of a global one. */
  definition: Record<string, unknown> | null;
}

/** Its own tools whole; of global ones the names, which are taken. */
export function readTools(connection: TenantConnection): Promise<StoredTool[]> {
  return connection.query<StoredTool & Row>({
    text: `SELECT t.id, t.tenant_id, t.name, t.current_version AS version, v.format_version,
        CASE WHEN t.tenant_id IS NULL THEN NULL ELSE v.definition END AS definition
      FROM tool t JOIN tool_version v ON v.tool_id = t.id AND v.version = t.current_version
      WHERE (t.tenant_id = $1 OR t.tenant_id IS NULL) AND t.archived_at IS NULL ORDER BY t.name`,
    values: [connection.tenantId],
  });
}

export interface StoredPlaybook {
  id: string;
  name: string;
  published_version: number | null;
  draft_revision: number;
  draft: Record<string, unknown> | null;
  /** The published document; null before the first version. */
  document: Record<string, unknown> | null;
}

export function readPlaybooks(connection: TenantConnection): Promise<StoredPlaybook[]> {
  return connection.query<StoredPlaybook & Row>({
    text: `SELECT p.id, p.name, p.published_version, p.draft_revision, p.draft, v.document
      FROM playbook p LEFT JOIN playbook_version v
        ON v.tenant_id = $1 AND v.playbook_id = p.id AND v.version = p.published_version
      WHERE p.tenant_id = $1 AND p.archived_at IS NULL ORDER BY p.name`,
    values: [connection.tenantId],
  });
}

export interface StoredCredential {
  id: string;
  name: string;
  auth_type: string;
  allowed_hosts: string[];
  archived: boolean;
  /** Nothing has been entered yet, and it is not in the environment. */
  empty: boolean;
}

/** Of the tenant and, for connectors of the platform, none. Archived ones too: a definition may still name them. */
export function readCredentials(connection: TenantConnection): Promise<StoredCredential[]> {
  return connection.query<StoredCredential & Row>({
    text: `SELECT c.id, c.name, c.auth_type, c.allowed_hosts, c.archived_at IS NOT NULL AS archived,
        c.variable IS NULL AND length(v.sealed) = 0 AS empty
      FROM credential c JOIN credential_version v ON v.credential_id = c.id AND v.version = c.current_version
      WHERE c.tenant_id = $1 ORDER BY c.created_at DESC, c.id`,
    values: [connection.tenantId],
  });
}

type Row = Record<string, unknown>;
