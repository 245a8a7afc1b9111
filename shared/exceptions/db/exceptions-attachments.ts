import { and, asc, eq } from 'drizzle-orm';
import { artifact } from '../../artifacts/db/tables.ts';
import { createdByOf } from '../../platform/db/columns.ts';
import type { TenantConnection } from '../../platform/db/database.ts';
import { exceptionAttachment } from './tables.ts';

type Row = typeof exceptionAttachment.$inferSelect;
export type AttachmentRow = Row &
  Pick<typeof artifact.$inferSelect, 'bytes' | 'digest'> & {
    /** The file as calls name it. */
    file: Pick<typeof artifact.$inferSelect, 'name' | 'content_type'>;
  };

/** Those of an exception, oldest first; or the one of this id. */
export async function listAttachmentRows(
  connection: TenantConnection,
  exceptionId: string,
  id?: string,
): Promise<AttachmentRow[]> {
  const rows = await connection.orm
    .select({
      row: exceptionAttachment,
      bytes: artifact.bytes,
      digest: artifact.digest,
      file: { name: artifact.name, content_type: artifact.content_type },
    })
    .from(exceptionAttachment)
    .innerJoin(
      artifact,
      and(eq(artifact.tenant_id, connection.tenantId), eq(artifact.id, exceptionAttachment.artifact_id)),
    )
    .where(
      and(
        eq(exceptionAttachment.tenant_id, connection.tenantId),
        eq(exceptionAttachment.exception_id, exceptionId),
        id === undefined ? undefined : eq(exceptionAttachment.id, id),
      ),
    )
    .orderBy(asc(exceptionAttachment.id));
  return rows.map(({ row, ...more }) => ({ ...row, ...more }));
}

export async function insertAttachment(
  connection: TenantConnection,
  row: Pick<Row, 'id' | 'exception_id' | 'artifact_id' | 'name' | 'content_type'>,
  actor: Parameters<typeof createdByOf>[0],
): Promise<Row> {
  const [stored] = await connection.orm
    .insert(exceptionAttachment)
    .values({ ...row, tenant_id: connection.tenantId, ...createdByOf(actor) })
    .returning();
  return stored!;
}

export async function deleteAttachment(connection: TenantConnection, id: string): Promise<void> {
  await connection.orm
    .delete(exceptionAttachment)
    .where(and(eq(exceptionAttachment.tenant_id, connection.tenantId), eq(exceptionAttachment.id, id)));
}

/** Whether a legal hold covers the exception. */
export async function isHeld(connection: TenantConnection, exceptionId: string): Promise<boolean> {
  const [row] = await connection.query<{ held: boolean }>({
    name: 'exception_held',
    text: `SELECT EXISTS (SELECT FROM legal_hold WHERE tenant_id = $1 AND released_at IS NULL
      AND (scope = 'everything' OR exception_id = $2)) AS held`,
    values: [connection.tenantId, exceptionId],
  });
  return row!.held;
}
