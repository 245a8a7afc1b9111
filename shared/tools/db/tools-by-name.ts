import { columnsOf } from '../../platform/db/columns-of.ts';
import type { TenantConnection } from '../../platform/db/database.ts';
import { toolVersion } from './tables.ts';
import type { ToolRow, VersionRow } from './tools.ts';

/** A tool by its name, or by `id` where that is known. `version`: null for the current one. */
export interface WantedTool {
  name: string;
  version: number | null;
  id: string | null;
}

/** What was wanted, with the tool and the version; `definition` is null when the tool has no such version. */
export type FoundTool = ToolRow &
  Omit<VersionRow, 'definition'> & {
    wanted_name: string;
    wanted_version: number | null;
    wanted_id: string | null;
    definition: VersionRow['definition'] | null;
  };

/** The current version of up to 500 enabled tools that the tenant sees, by name. */
export function listEnabledTools(connection: TenantConnection): Promise<VersionRow[]> {
  return connection.query<VersionRow & Record<string, unknown>>({
    name: 'tools_enabled',
    text: `SELECT ${columnsOf(toolVersion, 'v')}, c.definition AS connector_definition
      FROM tool t
      JOIN tool_version v ON v.tool_id = t.id AND v.version = t.current_version
      LEFT JOIN tool_policy p ON p.tool_id = t.id AND p.tenant_id = $1
      LEFT JOIN connector c ON c.id = v.connector_id
      WHERE t.archived_at IS NULL AND (t.tenant_id = $1 OR t.tenant_id IS NULL) AND coalesce(p.enabled, true)
      ORDER BY t.name, t.id LIMIT 500`,
    values: [connection.tenantId],
  });
}

/** The tools that the tenant sees whose current version names this one as its undo. */
export function listUndoneBy(
  connection: TenantConnection,
  name: string,
): Promise<{ id: string; name: string; title: string }[]> {
  return connection.query({
    text: `SELECT t.id, t.name, coalesce(v.definition ->> 'title', t.name) AS title
      FROM tool t JOIN tool_version v ON v.tool_id = t.id AND v.version = t.current_version
      WHERE t.archived_at IS NULL AND (t.tenant_id = $1 OR t.tenant_id IS NULL)
        AND v.definition -> 'undo' ->> 'tool' = $2
      ORDER BY t.name LIMIT 100`,
    values: [connection.tenantId, name],
  });
}

/** Tools of the tenant, and global ones where the tenant has none of the name. Archived tools are not found. */
export function findToolsByName(
  connection: TenantConnection,
  wanted: readonly WantedTool[],
): Promise<FoundTool[]> {
  return connection.query<FoundTool & Record<string, unknown>>({
    name: 'tools_by_name',
    text: `WITH named AS (
        SELECT DISTINCT ON (name) * FROM tool
        WHERE name = ANY($2::text[]) AND archived_at IS NULL AND (tenant_id = $1 OR tenant_id IS NULL)
        ORDER BY name, tenant_id NULLS LAST)
      SELECT w.name AS wanted_name, w.version AS wanted_version, w.id AS wanted_id, t.id, t.tenant_id, t.current_version, t.trial, t.draft_version, false AS archived,
        t.created_at, t.updated_at, coalesce(p.enabled, true) AS enabled, v.tool_id, v.version, v.draft, v.format_version,
        v.definition, v.note, v.created_by_type, v.created_by_id, v.created_by_name, v.connector_id,
        c.name AS connector_name, c.revision AS connector_revision, c.definition AS connector_definition,
        coalesce(s.policy_revision, 0) AS policy_revision, s.redaction,
        coalesce(s.redaction_revision, 0) AS redaction_revision,
        s.limits, coalesce(s.open_hosts, '{}') AS open_hosts, coalesce(s.limits_revision, 0) AS limits_revision
      FROM unnest($2::text[], $3::int[], $4::uuid[]) AS w(name, version, id)
      LEFT JOIN named n ON n.name = w.name
      JOIN tool t ON t.id = coalesce(w.id, n.id) AND t.archived_at IS NULL
        AND (t.tenant_id = $1 OR t.tenant_id IS NULL)
      LEFT JOIN tool_version v ON v.tool_id = t.id AND v.version = coalesce(w.version, t.current_version) AND NOT v.draft
      LEFT JOIN tool_policy p ON p.tool_id = t.id AND p.tenant_id = $1
      LEFT JOIN connector c ON c.id = v.connector_id
      LEFT JOIN tenant_setting s ON s.tenant_id = $1`,
    values: [
      connection.tenantId,
      wanted.map(({ name }) => name),
      wanted.map(({ version }) => version),
      wanted.map(({ id }) => id),
    ],
  });
}

/** Which of these names only archived tools have that the tenant sees. */
export async function findArchivedNames(
  connection: TenantConnection,
  names: readonly string[],
): Promise<string[]> {
  const rows = await connection.query<{ name: string }>({
    text: `SELECT DISTINCT name FROM tool WHERE name = ANY($2::text[]) AND archived_at IS NOT NULL
        AND (tenant_id = $1 OR tenant_id IS NULL)`,
    values: [connection.tenantId, names],
  });
  return rows.map(({ name }) => name);
}

/** A tool that executions may begin with, at its current version. */
export interface RunnableTool {
  id: string;
  current_version: number;
  connector_revision: number | null;
}

/**
 * A page of the enabled tools that the tenant sees, by name; of two with a name, its own, as playbooks find it.
 * @param ids only these; null: all
 */
export function listRunnableTools(
  connection: TenantConnection,
  { after, ids, limit }: { after?: string | undefined; ids: readonly string[] | null; limit: number },
): Promise<RunnableTool[]> {
  return connection.query<RunnableTool & Record<string, unknown>>({
    name: 'tools_runnable',
    text: `WITH named AS (
        SELECT DISTINCT ON (name) id, name, current_version FROM tool
        WHERE archived_at IS NULL AND (tenant_id = $1 OR tenant_id IS NULL)
          AND ($2::text IS NULL OR name > $2)
        ORDER BY name, tenant_id NULLS LAST)
      SELECT n.id, n.current_version, c.revision AS connector_revision
      FROM named n
      JOIN tool_version v ON v.tool_id = n.id AND v.version = n.current_version
      LEFT JOIN tool_policy p ON p.tool_id = n.id AND p.tenant_id = $1
      LEFT JOIN connector c ON c.id = v.connector_id
      WHERE coalesce(p.enabled, true) AND ($3::uuid[] IS NULL OR n.id = ANY($3))
      ORDER BY n.name LIMIT $4`,
    values: [connection.tenantId, after ?? null, ids, limit],
  });
}
