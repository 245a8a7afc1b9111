import type { TenantConnection } from '../../platform/db/database.ts';

/** A person's saved view of the list. */
export interface ViewRow {
  id: string;
  name: string;
  filter: Record<string, unknown>;
}

export async function listViews(connection: TenantConnection, ownerId: string): Promise<ViewRow[]> {
  return connection.query<ViewRow & Record<string, unknown>>({
    text: 'SELECT id, name, filter FROM exception_view WHERE tenant_id = $1 AND owner_id = $2 ORDER BY name',
    values: [connection.tenantId, ownerId],
  });
}

/** @returns false when the owner has a view of this name */
export async function insertView(
  connection: TenantConnection,
  ownerId: string,
  view: ViewRow,
): Promise<boolean> {
  const rows = await connection.query({
    text: `INSERT INTO exception_view (tenant_id, owner_id, id, name, filter) VALUES ($1, $2, $3, $4, $5)
      ON CONFLICT DO NOTHING RETURNING 1`,
    values: [connection.tenantId, ownerId, view.id, view.name, JSON.stringify(view.filter)],
  });
  return rows.length > 0;
}

/** @returns false when the owner has no such view */
export async function deleteView(
  connection: TenantConnection,
  ownerId: string,
  id: string,
): Promise<boolean> {
  const rows = await connection.query({
    text: 'DELETE FROM exception_view WHERE tenant_id = $1 AND owner_id = $2 AND id = $3 RETURNING 1',
    values: [connection.tenantId, ownerId, id],
  });
  return rows.length > 0;
}
