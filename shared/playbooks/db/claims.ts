import type { TenantConnection } from '../../platform/db/database.ts';

/** How many open steps wait for this person, besides those that they have claimed. */
export async function countAssigned(connection: TenantConnection, person: string): Promise<number> {
  const [row] = await connection.query<{ count: number }>({
    text: 'SELECT count(*)::int AS count FROM step_addressee WHERE tenant_id = $1 AND addressee = $2',
    values: [connection.tenantId, `user:${person}`],
  });
  return row?.count ?? 0;
}

/** The open steps that these people and keys have claimed. */
export function listClaims(
  connection: TenantConnection,
  actorIds: readonly string[],
): Promise<{ run_id: string; step_id: string }[]> {
  return connection.query<{ run_id: string; step_id: string }>({
    text: `SELECT s.run_id, s.step_id FROM step_addressee a JOIN playbook_step_run s ON s.id = a.step_run_id AND s.tenant_id = a.tenant_id
      WHERE a.tenant_id = $1 AND a.addressee = ANY($2::text[]) ORDER BY s.id`,
    values: [connection.tenantId, actorIds.map((id) => `actor:${id}`)],
  });
}
