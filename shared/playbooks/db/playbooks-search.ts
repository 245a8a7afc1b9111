import type { TenantConnection } from '../../platform/db/database.ts';

export interface FoundPlaybook {
  id: string;
  name: string;
  title: string;
}

/** By name: playbooks are few, and need no index. @param patterns of LIKE, all of which must match */
export function findPlaybooks(
  connection: TenantConnection,
  patterns: string[],
  limit: number,
): Promise<FoundPlaybook[]> {
  return connection.query<FoundPlaybook>({
    name: 'search_playbook',
    text: `SELECT p.id, p.name, p.title FROM playbook p
      WHERE p.tenant_id = $1 AND p.archived_at IS NULL
        AND concat_ws(' ', p.name, p.title, p.description, p.id) ILIKE ALL ($2::text[])
      ORDER BY p.name, p.id LIMIT $3`,
    values: [connection.tenantId, patterns, limit],
  });
}
