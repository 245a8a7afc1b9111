import { escapeLike } from '../../events/db/events.ts';
import type { Actor } from '../../identity/roles.ts';
import type { TenantConnection } from '../../platform/db/database.ts';
import { definitionFormatVersion, type ToolType } from '../tool-definition.ts';
import type { RegistryConnection } from './registry-connection.ts';

/** A tool at one of its versions, as the tenant sees it. */
export interface ToolRow {
  id: string;
  tenant_id: string | null;
  current_version: number;
  archived: boolean;
  enabled: boolean;
  version: number;
  connector_id: string | null;
  connector_revision: number | null;
  created_at: Date;
  updated_at: Date;
}

/**
 * What may change about a tool, for a tenant that may see it (its own or global); archived ones too.
 * One statement: it stands in the hot path of every execution.
 */
export async function findTool(
  connection: TenantConnection,
  toolId: string,
  version: number | null = null,
): Promise<ToolRow | null> {
  const [row] = await connection.query<ToolRow & Record<string, unknown>>({
    name: 'find_tool',
    text: `SELECT t.id, t.tenant_id, t.current_version, t.archived_at IS NOT NULL AS archived, t.created_at, t.updated_at,
        coalesce(p.enabled, true) AS enabled, v.version, v.connector_id, c.revision AS connector_revision
      FROM tool t
      JOIN tool_version v ON v.tool_id = t.id AND v.version = coalesce($3::int, t.current_version)
      LEFT JOIN tool_policy p ON p.tool_id = t.id AND p.tenant_id = $1
      LEFT JOIN connector c ON c.id = v.connector_id
      WHERE t.id = $2 AND (t.tenant_id = $1 OR t.tenant_id IS NULL)`,
    values: [connection.tenantId, toolId, version],
  });
  return row ?? null;
}

export interface VersionRow {
  tool_id: string;
  version: number;
  format_version: number;
  definition: Record<string, unknown>;
  connector_id: string | null;
  connector_definition: Record<string, unknown> | null;
  note: string | null;
  created_by_type: Actor['type'];
  created_by_id: string;
  created_by_name: string;
  created_at: Date;
}

const versionColumns = `v.tool_id, v.version, v.format_version, v.definition, v.connector_id, v.note,
  v.created_by_type, v.created_by_id, v.created_by_name, v.created_at, c.definition AS connector_definition`;

/** Versions of a tool the tenant may see, newest first; with `only`, that one. */
export async function readVersions(
  connection: TenantConnection,
  toolId: string,
  only?: number,
): Promise<VersionRow[]> {
  return connection.query<VersionRow & Record<string, unknown>>({
    name: 'read_versions',
    text: `SELECT ${versionColumns} FROM tool_version v LEFT JOIN connector c ON c.id = v.connector_id
      WHERE v.tool_id = $2 AND (v.tenant_id = $1 OR v.tenant_id IS NULL) AND ($3::int IS NULL OR v.version = $3)
      ORDER BY v.version DESC`,
    values: [connection.tenantId, toolId, only ?? null],
  });
}

/** A version of a tool that its owner has locked: it exists. */
export async function readOwnedVersion(
  connection: RegistryConnection,
  toolId: string,
  ownerId: string | null,
  version: number,
): Promise<VersionRow> {
  const [row] = await connection.query<VersionRow & Record<string, unknown>>({
    text: `SELECT ${versionColumns} FROM tool_version v LEFT JOIN connector c ON c.id = v.connector_id
      WHERE v.tool_id = $1 AND v.tenant_id IS NOT DISTINCT FROM $2 AND v.version = $3`,
    values: [toolId, ownerId, version],
  });
  if (!row) throw new Error(`Version ${version} of tool ${toolId} is missing`);
  return row;
}

export interface NewVersion {
  toolId: string;
  /** Null: global. */
  ownerId: string | null;
  definition: {
    name: string;
    title?: string;
    description?: string;
    type: ToolType;
    category?: string;
    tags?: string[];
  } & Record<string, unknown>;
  connectorId: string | null;
  note: string | null;
  actor: Actor;
}

/** @throws the database's unique violation when the name is taken */
export async function insertTool(connection: RegistryConnection, tool: NewVersion): Promise<void> {
  const { name, title, description, type, category, tags } = tool.definition;
  await connection.query({
    text: `INSERT INTO tool (id, tenant_id, name, title, description, type, category, tags) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)`,
    values: [
      tool.toolId,
      tool.ownerId,
      name,
      title ?? name,
      description ?? '',
      type,
      category ?? 'general',
      tags ?? [],
    ],
  });
  await insertVersion(connection, tool, 1);
}

/** Locks the tool for a change by its owner; null when it is not the owner's or archived. */
export async function lockTool(
  connection: RegistryConnection,
  toolId: string,
  ownerId: string | null,
): Promise<{ current_version: number } | null> {
  const [row] = await connection.query<{ current_version: number }>({
    text: `SELECT current_version FROM tool
      WHERE id = $1 AND tenant_id IS NOT DISTINCT FROM $2 AND archived_at IS NULL FOR UPDATE`,
    values: [toolId, ownerId],
  });
  return row ?? null;
}

/** Publishes the next version of a tool that is locked. */
export async function publishVersion(
  connection: RegistryConnection,
  tool: NewVersion,
  version: number,
): Promise<void> {
  await insertVersion(connection, tool, version);
  const { name, title, description, type, category, tags } = tool.definition;
  await connection.query({
    text: `UPDATE tool SET current_version = $3, name = $4, title = $5, description = $6, type = $7, category = $8, tags = $9, updated_at = now()
      WHERE id = $1 AND tenant_id IS NOT DISTINCT FROM $2`,
    values: [
      tool.toolId,
      tool.ownerId,
      version,
      name,
      title ?? name,
      description ?? '',
      type,
      category ?? 'general',
      tags ?? [],
    ],
  });
}

async function insertVersion(
  connection: RegistryConnection,
  tool: NewVersion,
  version: number,
): Promise<void> {
  await connection.query({
    text: `INSERT INTO tool_version (tool_id, tenant_id, version, format_version, definition, connector_id, note,
        created_by_type, created_by_id, created_by_name) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)`,
    values: [
      tool.toolId,
      tool.ownerId,
      version,
      definitionFormatVersion,
      JSON.stringify(tool.definition),
      tool.connectorId,
      tool.note,
      tool.actor.type,
      tool.actor.id,
      tool.actor.name,
    ],
  });
}

export async function archiveTool(
  connection: RegistryConnection,
  toolId: string,
  ownerId: string | null,
): Promise<boolean> {
  const rows = await connection.query({
    text: `UPDATE tool SET archived_at = now(), updated_at = now()
      WHERE id = $1 AND tenant_id IS NOT DISTINCT FROM $2 AND archived_at IS NULL RETURNING id`,
    values: [toolId, ownerId],
  });
  return rows.length > 0;
}

/** What this tenant has decided about a tool it may see. */
export async function setToolEnabled(
  connection: TenantConnection,
  toolId: string,
  enabled: boolean,
  actor: Actor,
): Promise<void> {
  await connection.query({
    text: `INSERT INTO tool_policy (tenant_id, tool_id, enabled, updated_by_id) VALUES ($1, $2, $3, $4)
      ON CONFLICT (tenant_id, tool_id) DO UPDATE
      SET enabled = EXCLUDED.enabled, updated_by_id = EXCLUDED.updated_by_id, updated_at = now()`,
    values: [connection.tenantId, toolId, enabled, actor.id],
  });
}

/** Another tool that a name would collide with: in the same owner's space, or global above a tenant's. */
export async function findToolByName(
  connection: RegistryConnection,
  ownerId: string | null,
  name: string,
): Promise<{ id: string; global: boolean } | null> {
  const [row] = await connection.query<{ id: string; global: boolean }>({
    text: `SELECT id, tenant_id IS NULL AS global FROM tool
      WHERE name = $2 AND archived_at IS NULL AND (tenant_id IS NOT DISTINCT FROM $1 OR tenant_id IS NULL)
      ORDER BY tenant_id NULLS LAST LIMIT 1`,
    values: [ownerId, name],
  });
  return row ?? null;
}

export interface ToolListFilter {
  scope: 'global' | 'tenant' | 'all';
  status?: 'enabled' | 'disabled';
  type?: string;
  category?: string;
  q?: string;
  after?: { name: string; id: string };
  limit: number;
}

export interface ToolListRow {
  id: string;
  tenant_id: string | null;
  name: string;
  title: string;
  description: string;
  type: string;
  category: string;
  tags: string[];
  current_version: number;
  enabled: boolean;
  runs_24h: number;
  succeeded_24h: number;
  settled_24h: number;
  last_run_at: Date | null;
  updated_at: Date;
}

/** A page by (name, id); what ran is counted for the tools of the page alone. */
export async function listTools(
  connection: TenantConnection,
  filter: ToolListFilter,
): Promise<ToolListRow[]> {
  return connection.query<ToolListRow & Record<string, unknown>>({
    text: `WITH page AS (
        SELECT t.*, coalesce(p.enabled, true) AS enabled
        FROM tool t LEFT JOIN tool_policy p ON p.tool_id = t.id AND p.tenant_id = $1
        WHERE t.archived_at IS NULL AND (t.tenant_id = $1 OR t.tenant_id IS NULL)
          AND ($2 = 'all' OR ($2 = 'global') = (t.tenant_id IS NULL))
          AND ($3::boolean IS NULL OR coalesce(p.enabled, true) = $3)
          AND ($4::text IS NULL OR t.type = $4)
          AND ($5::text IS NULL OR t.category = $5)
          AND ($6::text IS NULL OR t.name ILIKE $6 OR t.title ILIKE $6 OR t.description ILIKE $6 OR array_to_string(t.tags, ' ') ILIKE $6)
          AND ($7::text IS NULL OR (t.name, t.id) > ($7, $8::uuid))
        ORDER BY t.name, t.id LIMIT $9)
      SELECT page.id, page.tenant_id, page.name, page.title, page.description, page.type, page.category, page.tags,
        page.current_version, page.enabled, page.updated_at,
        day.runs AS runs_24h, day.succeeded AS succeeded_24h, day.settled AS settled_24h, latest.created_at AS last_run_at
      FROM page
      LEFT JOIN LATERAL (
        SELECT count(*)::int AS runs, count(*) FILTER (WHERE e.status = 'succeeded')::int AS succeeded,
          count(*) FILTER (WHERE e.status IN ('succeeded', 'failed'))::int AS settled
        FROM tool_execution e
        WHERE e.tenant_id = $1 AND e.tool_id = page.id AND e.id >= interlock_uuid_floor(now() - interval '24 hours')) day ON true
      LEFT JOIN LATERAL (
        SELECT e.created_at FROM tool_execution e
        WHERE e.tenant_id = $1 AND e.tool_id = page.id ORDER BY e.id DESC LIMIT 1) latest ON true
      ORDER BY page.name, page.id`,
    values: [
      connection.tenantId,
      filter.scope,
      filter.status === undefined ? null : filter.status === 'enabled',
      filter.type ?? null,
      filter.category ?? null,
      filter.q ? `%${escapeLike(filter.q)}%` : null,
      filter.after?.name ?? null,
      filter.after?.id ?? null,
      filter.limit,
    ],
  });
}
