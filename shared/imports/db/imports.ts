import { and, eq, getTableColumns, inArray, isNull, or, sql } from 'drizzle-orm';
import type { Actor } from '../../identity/roles.ts';
import { createdByOf } from '../../platform/db/columns.ts';
import type { SystemConnection, TenantConnection } from '../../platform/db/database.ts';
import { connector, tool } from '../../tools/db/tables.ts';
import { importedDocument, importedTool } from './tables.ts';

const { document_sealed: _sealed, ...listed } = getTableColumns(importedDocument);

/** Without the document. */
export type ImportRow = Omit<typeof importedDocument.$inferSelect, 'document_sealed'>;

type NewImport = Omit<
  typeof importedDocument.$inferInsert,
  'tenant_id' | 'created_by_type' | 'created_by_id' | 'created_by_name'
>;

export async function insertImport(
  connection: TenantConnection,
  row: NewImport & { actor: Actor },
): Promise<{ tenant_id: string; created_at: Date } & ReturnType<typeof createdByOf>> {
  const { actor, ...values } = row;
  const more = { tenant_id: connection.tenantId, ...createdByOf(actor) };
  const [inserted] = await connection.orm
    .insert(importedDocument)
    .values({ ...values, ...more })
    .returning({ created_at: importedDocument.created_at });
  if (!inserted) throw new Error('The import was not written');
  return { ...more, ...inserted };
}

/** Null when it is not this tenant's, or was removed. */
export async function readImport(connection: TenantConnection, id: string): Promise<ImportRow | null> {
  const [row] = await connection.orm.select(listed).from(importedDocument).where(own(connection, id));
  return row ?? null;
}

/** Null as above. */
export async function readSealedDocument(connection: TenantConnection, id: string): Promise<Buffer | null> {
  const [row] = await connection.orm
    .select({ sealed: importedDocument.document_sealed })
    .from(importedDocument)
    .where(own(connection, id));
  return row?.sealed ?? null;
}

const own = ({ tenantId }: TenantConnection, id: string) =>
  and(eq(importedDocument.tenant_id, tenantId), eq(importedDocument.id, id));

/** Documents are kept for a week, while somebody chooses from them. Removes those of every tenant. */
export async function removeOldImports(connection: SystemConnection): Promise<void> {
  await connection.query({
    name: 'remove_old_imports',
    text: `DELETE FROM imported_document WHERE created_at < now() - interval '7 days'`,
  });
}

/** A tool that was made of an operation, unless it was archived. */
export interface ImportedToolRow {
  operation_key: string;
  tool_id: string;
  tool_name: string;
  digest: string;
}

export async function readImportedTools(
  connection: TenantConnection,
  connectorId: string,
): Promise<ImportedToolRow[]> {
  return connection.orm
    .select({
      operation_key: importedTool.operation_key,
      tool_id: importedTool.tool_id,
      tool_name: tool.name,
      digest: importedTool.digest,
    })
    .from(importedTool)
    .innerJoin(tool, eq(tool.id, importedTool.tool_id))
    .where(
      and(
        eq(importedTool.tenant_id, connection.tenantId),
        eq(importedTool.connector_id, connectorId),
        isNull(tool.archived_at),
      ),
    );
}

export async function writeImportedTools(
  connection: TenantConnection,
  connectorId: string,
  tools: readonly { key: string; toolId: string; digest: string }[],
): Promise<void> {
  if (tools.length === 0) return;
  await connection.orm
    .insert(importedTool)
    .values(
      tools.map(({ key, toolId, digest }) => ({
        tenant_id: connection.tenantId,
        connector_id: connectorId,
        operation_key: key,
        tool_id: toolId,
        digest,
      })),
    )
    .onConflictDoUpdate({
      target: [importedTool.tenant_id, importedTool.connector_id, importedTool.operation_key],
      set: { tool_id: sql`excluded.tool_id`, digest: sql`excluded.digest`, imported_at: sql`now()` },
    });
}

/** Which of these names tools have that the tenant sees. */
export async function takenToolNames(
  connection: TenantConnection,
  names: readonly string[],
): Promise<Set<string>> {
  if (names.length === 0) return new Set();
  const rows = await connection.orm
    .select({ name: tool.name })
    .from(tool)
    .where(
      and(
        inArray(tool.name, [...names]),
        isNull(tool.archived_at),
        or(eq(tool.tenant_id, connection.tenantId), isNull(tool.tenant_id)),
      ),
    );
  return new Set(rows.map(({ name }) => name));
}

export interface NamedConnector {
  id: string;
  definition: Record<string, unknown>;
}

/** The tenant's own connector of this name. */
export async function findOwnConnector(
  connection: TenantConnection,
  name: string,
): Promise<NamedConnector | null> {
  const [row] = await connection.orm
    .select({ id: connector.id, definition: connector.definition })
    .from(connector)
    .where(
      and(
        eq(connector.tenant_id, connection.tenantId),
        eq(connector.name, name),
        isNull(connector.archived_at),
      ),
    );
  return row ?? null;
}
