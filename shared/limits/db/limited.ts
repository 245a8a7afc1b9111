import type { TenantConnection } from '../../platform/db/database.ts';
import type { ConnectorPolicy, RateLimit } from '../../tools/tool-fields.ts';

/** A tool or a connector whose definition has limits. */
export interface LimitedRow {
  kind: 'tool' | 'connector';
  id: string;
  name: string;
  rate_limit: RateLimit | null;
  policy: Pick<ConnectorPolicy, 'rateLimit' | 'concurrency'> | null;
}

/** Up to 500, by name: those of the tenant, and global ones. */
export function listLimited(connection: TenantConnection): Promise<LimitedRow[]> {
  return connection.query<LimitedRow & Record<string, unknown>>({
    text: `SELECT * FROM (
        SELECT 'tool' AS kind, t.id, t.name, v.definition->'rateLimit' AS rate_limit, v.definition->'policy' AS policy
        FROM tool t JOIN tool_version v ON v.tool_id = t.id AND v.version = t.current_version
        WHERE t.archived_at IS NULL AND (t.tenant_id = $1 OR t.tenant_id IS NULL)
        UNION ALL
        SELECT 'connector', c.id, c.name, NULL, c.definition->'policy'
        FROM connector c WHERE c.archived_at IS NULL AND (c.tenant_id = $1 OR c.tenant_id IS NULL)
      ) AS limited WHERE rate_limit IS NOT NULL OR policy->'rateLimit' IS NOT NULL OR policy->'concurrency' IS NOT NULL
      ORDER BY kind, name LIMIT 500`,
    values: [connection.tenantId],
  });
}
