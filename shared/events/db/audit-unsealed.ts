import type { SystemConnection, TenantConnection } from '../../platform/db/database.ts';

/**
 * The ids of events in a range that no block has, although the log has been sealed beyond them: someone added them.
 * @param range `above` and `upTo`: ids, null for no bound; `except`: the events of a block, which are known
 */
export async function findUnsealed(
  connection: SystemConnection | TenantConnection,
  tenantId: string,
  range: { above: string | null; upTo: string | null; except: string[] },
): Promise<string[]> {
  const rows = await connection.query<{ id: string }>({
    name: 'audit_unsealed',
    text: `SELECT e.id::text FROM event e, audit_position p
      WHERE e.tenant_id = $1 AND e.id > coalesce($2::bigint, -9223372036854775808) AND e.id <= coalesce($3::bigint, 9223372036854775807) AND e.id <> ALL ($4::bigint[])
        AND (e.xid, e.id) <= (p.xid::xid8, p.event_id::bigint)
        AND NOT EXISTS (SELECT FROM audit_block b
          WHERE b.tenant_id = $1 AND b.high_id >= e.id AND b.low_id <= e.id AND e.id = ANY (b.event_ids))
      ORDER BY e.id LIMIT 100`,
    values: [tenantId, range.above, range.upTo, range.except],
  });
  return rows.map(({ id }) => id);
}
