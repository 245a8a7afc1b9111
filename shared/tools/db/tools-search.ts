import type { TenantConnection } from '../../platform/db/database.ts';

export interface NamedRow {
  id: string;
  name: string;
  title: string;
}

/** Tools and connectors are few: their texts need no index. */
const texts = {
  tool: {
    title: 'e.title',
    text: "concat_ws(' ', e.name, e.title, e.description, array_to_string(e.tags, ' '), e.id)",
  },
  connector: {
    title: "coalesce(e.definition->>'title', e.name)",
    text: "concat_ws(' ', e.name, e.definition->>'title', e.id)",
  },
};

/** Of those that the tenant sees, global ones included, by name. @param patterns of LIKE, all of which must match */
export function findNamed(
  connection: TenantConnection,
  table: 'tool' | 'connector',
  patterns: string[],
  limit: number,
): Promise<NamedRow[]> {
  const { title, text } = texts[table];
  return connection.query<NamedRow>({
    name: `search_${table}`,
    text: `SELECT e.id, e.name, ${title} AS title FROM ${table} e
      WHERE e.archived_at IS NULL AND (e.tenant_id = $1 OR e.tenant_id IS NULL) AND ${text} ILIKE ALL ($2::text[])
      ORDER BY e.name, e.id LIMIT $3`,
    values: [connection.tenantId, patterns, limit],
  });
}
