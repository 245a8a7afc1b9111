import type { TenantConnection } from '../../platform/db/database.ts';
import { isUuid } from '../../platform/ids.ts';
import type { PolicyDocument } from '../policy-schemas.ts';
import type { PolicyNames } from '../policy-words.ts';

/** The names of the tools and connectors that policies select by id; archived and foreign ones have none. */
export async function readPolicyNames(
  connection: TenantConnection,
  policies: readonly Pick<PolicyDocument, 'tools'>[],
): Promise<PolicyNames> {
  const toolIds = policies.flatMap(({ tools }) => tools.id ?? []).filter(isUuid);
  const connectorIds = policies.flatMap(({ tools }) => tools.connectorId ?? []).filter(isUuid);
  if (toolIds.length + connectorIds.length === 0) return { tool: () => null, connector: () => null };
  const rows = await connection.query<{ kind: string; id: string; name: string }>({
    name: 'policy_names',
    text: `SELECT 'tool' AS kind, id, name FROM tool
        WHERE id = ANY($2::uuid[]) AND archived_at IS NULL AND (tenant_id = $1 OR tenant_id IS NULL)
      UNION ALL SELECT 'connector', id, name FROM connector
        WHERE id = ANY($3::uuid[]) AND archived_at IS NULL AND (tenant_id = $1 OR tenant_id IS NULL)`,
    values: [connection.tenantId, toolIds, connectorIds],
  });
  const names = new Map(rows.map(({ kind, id, name }) => [`${kind} ${id}`, name]));
  return {
    tool: (id) => names.get(`tool ${id}`) ?? null,
    connector: (id) => names.get(`connector ${id}`) ?? null,
  };
}
