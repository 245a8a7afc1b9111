import { and, asc, count, eq, getTableColumns, or, sql } from 'drizzle-orm';
import type { Actor } from '../../identity/roles.ts';
import type { TenantConnection } from '../../platform/db/database.ts';
import type { ViewContent, ViewList } from '../view-schemas.ts';
import { savedView, savedViewDefault } from './tables.ts';

export type ViewRow = typeof savedView.$inferSelect;
/** With whether a list opens with it, for the caller. */
export type SeenView = ViewRow & { is_default: boolean };

const ofTenant = (connection: TenantConnection) => eq(savedView.tenant_id, connection.tenantId);

/** The person's own and those that are shared. */
const seenBy = (connection: TenantConnection, personId: string) =>
  and(ofTenant(connection), or(eq(savedView.owner_id, personId), savedView.shared));

/** What a person sees, by name, their own first. @param id only this one */
export function listViews(
  connection: TenantConnection,
  personId: string,
  { list, id }: { list?: ViewList | undefined; id?: string },
): Promise<SeenView[]> {
  const chosen = savedViewDefault;
  return connection.orm
    .select({
      ...getTableColumns(savedView),
      is_default: sql<boolean>`${chosen.view_id} IS NOT NULL`,
    })
    .from(savedView)
    .leftJoin(
      chosen,
      and(
        eq(chosen.tenant_id, connection.tenantId),
        eq(chosen.owner_id, personId),
        eq(chosen.view_id, savedView.id),
      ),
    )
    .where(
      and(
        seenBy(connection, personId),
        list === undefined ? undefined : eq(savedView.list, list),
        id === undefined ? undefined : eq(savedView.id, id),
      ),
    )
    .orderBy(asc(savedView.list), asc(savedView.shared), asc(savedView.name), asc(savedView.id));
}

/** Locked until the transaction ends; null when the person does not see it. */
export async function lockView(
  connection: TenantConnection,
  personId: string,
  id: string,
): Promise<ViewRow | null> {
  const [row] = await connection.orm
    .select()
    .from(savedView)
    .where(and(seenBy(connection, personId), eq(savedView.id, id)))
    .for('update');
  return row ?? null;
}

/** Until the transaction ends, no one else adds a view to a list of the organization. */
export async function lockViews(connection: TenantConnection, list: ViewList): Promise<void> {
  await connection.query({
    name: 'views_lock',
    text: 'SELECT pg_advisory_xact_lock(hashtextextended($1, 0))',
    values: [`interlock/views/${connection.tenantId}/${list}`],
  });
}

/** How many there are of a list: shared ones, or those of a person. */
export async function countViews(
  connection: TenantConnection,
  { list, shared, ownerId }: { list: ViewList; shared: boolean; ownerId: string },
): Promise<number> {
  const [row] = await connection.orm
    .select({ count: count() })
    .from(savedView)
    .where(
      and(
        ofTenant(connection),
        eq(savedView.list, list),
        eq(savedView.shared, shared),
        shared ? undefined : eq(savedView.owner_id, ownerId),
      ),
    );
  return row!.count;
}

const columnsOf = ({ name, shared, filters, hiddenColumns, density }: ViewContent) => ({
  name,
  shared,
  filters,
  hidden_columns: hiddenColumns,
  density,
});

/** @throws the database's unique violation when the name is taken */
export async function insertView(
  connection: TenantConnection,
  { id, list, content, owner }: { id: string; list: ViewList; content: ViewContent; owner: Actor },
): Promise<void> {
  await connection.orm.insert(savedView).values({
    id,
    tenant_id: connection.tenantId,
    list,
    ...columnsOf(content),
    owner_id: owner.id,
    owner_name: owner.name,
  });
}

/** Of a row that is locked. @throws the database's unique violation when the name is taken */
export async function updateView(
  connection: TenantConnection,
  id: string,
  content: ViewContent,
): Promise<void> {
  await connection.orm
    .update(savedView)
    .set({ ...columnsOf(content), revision: sql`${savedView.revision} + 1`, updated_at: sql`now()` })
    .where(and(ofTenant(connection), eq(savedView.id, id)));
}

export async function deleteView(connection: TenantConnection, id: string): Promise<void> {
  await connection.orm.delete(savedView).where(and(ofTenant(connection), eq(savedView.id, id)));
}

/** Others no longer see a view that is not shared: it opens no list of theirs. */
export async function dropDefaults(
  connection: TenantConnection,
  viewId: string,
  ownerId: string,
): Promise<void> {
  const chosen = savedViewDefault;
  await connection.orm
    .delete(chosen)
    .where(
      and(
        eq(chosen.tenant_id, connection.tenantId),
        eq(chosen.view_id, viewId),
        sql`${chosen.owner_id} <> ${ownerId}`,
      ),
    );
}

/** @param viewId null: the list opens without a view. @returns whether anything changed */
export async function writeDefault(
  connection: TenantConnection,
  { ownerId, list, viewId }: { ownerId: string; list: ViewList; viewId: string | null },
): Promise<boolean> {
  const chosen = savedViewDefault;
  if (viewId === null) {
    const removed = await connection.orm
      .delete(chosen)
      .where(
        and(eq(chosen.tenant_id, connection.tenantId), eq(chosen.owner_id, ownerId), eq(chosen.list, list)),
      )
      .returning({ id: chosen.view_id });
    return removed.length > 0;
  }
  const written = await connection.orm
    .insert(chosen)
    .values({ tenant_id: connection.tenantId, owner_id: ownerId, list, view_id: viewId })
    .onConflictDoUpdate({
      target: [chosen.tenant_id, chosen.owner_id, chosen.list],
      set: { view_id: viewId },
      setWhere: sql`${chosen.view_id} <> ${viewId}`,
    })
    .returning({ id: chosen.view_id });
  return written.length > 0;
}
