import { columnsOf } from '../../platform/db/columns-of.ts';
import type { TenantConnection } from '../../platform/db/database.ts';
import { escapeLike } from '../../platform/db/escape-like.ts';
import { type tool, toolVersion } from './tables.ts';
import type { VersionRow } from './tools.ts';

type StoredTool = typeof tool.$inferSelect;

export interface ToolListFilter {
  scope: 'global' | 'tenant' | 'all';
  status?: 'enabled' | 'disabled';
  type?: string;
  category?: string;
  q?: string;
  /** Only these. */
  ids?: readonly string[];
  after?: { name: string; id: string };
  limit: number;
}

export interface ToolListRow
  extends Pick<
    StoredTool,
    | 'id'
    | 'tenant_id'
    | 'name'
    | 'title'
    | 'description'
    | 'type'
    | 'category'
    | 'tags'
    | 'current_version'
    | 'trial'
    | 'draft_version'
    | 'updated_at'
  > {
  enabled: boolean;
  connector_id: string | null;
  connector_name: string | null;
  connector_revision: number | null;
  runs_24h: number;
  succeeded_24h: number;
  settled_24h: number;
  last_run_at: Date | null;
}

/** A page by (name, id); executions are counted for the tools of the page only. */
export async function listTools(
  connection: TenantConnection,
  filter: ToolListFilter,
): Promise<ToolListRow[]> {
  return connection.query<ToolListRow>({
    text: `WITH page AS (
        SELECT t.*, coalesce(p.enabled, true) AND t.current_version > 0 AS enabled
        FROM tool t LEFT JOIN tool_policy p ON p.tool_id = t.id AND p.tenant_id = $1
        WHERE t.archived_at IS NULL AND (t.tenant_id = $1 OR t.tenant_id IS NULL)
          AND ($2 = 'all' OR ($2 = 'global') = (t.tenant_id IS NULL))
          AND ($3::boolean IS NULL OR (coalesce(p.enabled, true) AND t.current_version > 0) = $3)
          AND ($4::text IS NULL OR t.type = $4)
          AND ($5::text IS NULL OR t.category = $5)
          AND ($6::text IS NULL OR t.name ILIKE $6 OR t.title ILIKE $6 OR t.description ILIKE $6 OR array_to_string(t.tags, ' ') ILIKE $6)
          AND ($7::text IS NULL OR (t.name, t.id) > ($7, $8::uuid))
          AND ($10::uuid[] IS NULL OR t.id = ANY($10))
        ORDER BY t.name, t.id LIMIT $9)
      SELECT page.id, page.tenant_id, page.name, page.title, page.description, page.type, page.category, page.tags,
        page.current_version, page.trial, page.draft_version, page.enabled, page.updated_at,
        c.id AS connector_id, c.name AS connector_name, c.revision AS connector_revision,
        day.runs AS runs_24h, day.succeeded AS succeeded_24h, day.settled AS settled_24h, latest.created_at AS last_run_at
      FROM page
      LEFT JOIN tool_version v ON v.tool_id = page.id
        AND v.version = coalesce(nullif(page.current_version, 0), page.draft_version)
      LEFT JOIN connector c ON c.id = v.connector_id
      LEFT JOIN LATERAL (
        SELECT count(*)::int AS runs, count(*) FILTER (WHERE e.status = 'succeeded')::int AS succeeded,
          count(*) FILTER (WHERE e.status IN ('succeeded', 'failed'))::int AS settled
        FROM tool_execution e
        WHERE e.tenant_id = $1 AND e.tool_id = page.id AND NOT e.test
          AND e.id >= interlock_uuid_floor(now() - interval '24 hours')) day ON true
      LEFT JOIN LATERAL (
        SELECT e.created_at FROM tool_execution e
        WHERE e.tenant_id = $1 AND e.tool_id = page.id AND NOT e.test ORDER BY e.id DESC LIMIT 1) latest ON true
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
      filter.ids ?? null,
    ],
  });
}

/** The current versions of these tools. */
export function readCurrentVersions(
  connection: TenantConnection,
  ids: readonly string[],
): Promise<VersionRow[]> {
  return connection.query<VersionRow & Record<string, unknown>>({
    name: 'tools_current',
    text: `SELECT ${columnsOf(toolVersion, 'v')}, c.definition AS connector_definition
      FROM tool t
      JOIN tool_version v ON v.tool_id = t.id AND v.version = t.current_version
      LEFT JOIN connector c ON c.id = v.connector_id
      WHERE (t.tenant_id = $1 OR t.tenant_id IS NULL) AND t.id = ANY($2::uuid[])`,
    values: [connection.tenantId, ids],
  });
}
