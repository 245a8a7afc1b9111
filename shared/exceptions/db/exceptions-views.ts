import { and, asc, eq } from 'drizzle-orm';
import type { TenantConnection } from '../../platform/db/database.ts';
import { exceptionView } from './tables.ts';

/** A person's saved view of the list. */
export type ViewRow = Pick<typeof exceptionView.$inferSelect, 'id' | 'name' | 'filter'>;

const columns = { id: exceptionView.id, name: exceptionView.name, filter: exceptionView.filter };

const ownedBy = (connection: TenantConnection, ownerId: string) =>
  and(eq(exceptionView.tenant_id, connection.tenantId), eq(exceptionView.owner_id, ownerId));

export async function listViews(connection: TenantConnection, ownerId: string): Promise<ViewRow[]> {
  return connection.orm
    .select(columns)
    .from(exceptionView)
    .where(ownedBy(connection, ownerId))
    .orderBy(asc(exceptionView.name));
}

/** @returns false when the owner has a view of this name */
export async function insertView(
  connection: TenantConnection,
  ownerId: string,
  { id, name, filter }: ViewRow,
): Promise<boolean> {
  const rows = await connection.orm
    .insert(exceptionView)
    .values({ id, tenant_id: connection.tenantId, owner_id: ownerId, name, filter })
    .onConflictDoNothing()
    .returning(columns);
  return rows.length > 0;
}

/** @returns false when the owner's view is not found */
export async function deleteView(
  connection: TenantConnection,
  ownerId: string,
  id: string,
): Promise<boolean> {
  const rows = await connection.orm
    .delete(exceptionView)
    .where(and(ownedBy(connection, ownerId), eq(exceptionView.id, id)))
    .returning(columns);
  return rows.length > 0;
}
