import { and, eq, isNull } from 'drizzle-orm';
import { columnsOf } from '../../platform/db/columns-of.ts';
import type { TenantConnection } from '../../platform/db/database.ts';
import { legalHold } from './tables.ts';

export type HoldRow = typeof legalHold.$inferSelect;
export type HoldWithNames = HoldRow & {
  exception_number: number | null;
  exception_title: string | null;
  tool_title: string | null;
};

/** Those in force first, then the newest; `id`: only this one. */
export function listHolds(
  connection: TenantConnection,
  { id = null, limit }: { id?: string | null; limit: number },
): Promise<HoldWithNames[]> {
  return connection.query<HoldWithNames>({
    text: `SELECT ${columnsOf(legalHold, 'h')}, x.number AS exception_number, x.title AS exception_title, t.title AS tool_title
      FROM legal_hold h LEFT JOIN exception x ON x.id = h.exception_id AND x.tenant_id = h.tenant_id
        LEFT JOIN tool t ON t.id = h.tool_id
      WHERE h.tenant_id = $1 AND ($2::uuid IS NULL OR h.id = $2)
      ORDER BY h.released_at IS NOT NULL, h.id DESC LIMIT $3`,
    values: [connection.tenantId, id, limit],
  });
}

export async function insertHold(
  connection: TenantConnection,
  row: typeof legalHold.$inferInsert,
): Promise<void> {
  await connection.orm.insert(legalHold).values(row);
}

/** @returns null when none with this id is in force */
export async function releaseHoldRow(
  connection: TenantConnection,
  id: string,
  released: Pick<HoldRow, 'release_reason' | 'released_by_id' | 'released_by_name'>,
): Promise<HoldRow | null> {
  const [row] = await connection.orm
    .update(legalHold)
    .set({ ...released, released_at: new Date() })
    .where(
      and(eq(legalHold.tenant_id, connection.tenantId), eq(legalHold.id, id), isNull(legalHold.released_at)),
    )
    .returning();
  return row ?? null;
}

/** Archived ones too. */
export async function isToolOf(connection: TenantConnection, toolId: string): Promise<boolean> {
  const rows = await connection.query({
    text: 'SELECT FROM tool WHERE id = $2 AND (tenant_id = $1 OR tenant_id IS NULL)',
    values: [connection.tenantId, toolId],
  });
  return rows.length > 0;
}
