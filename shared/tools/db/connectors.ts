import { and, eq, isNotNull, isNull, or, sql } from 'drizzle-orm';
import type { TenantConnection } from '../../platform/db/database.ts';
import { documentFields } from '../connectors/registry.ts';
import { definitionFormatVersion } from '../tool-definition.ts';
import {
  type Author,
  authorColumns,
  insertConnectorRevision,
  joinAuthor,
  type NewConnectorRevision,
} from './connector-revisions.ts';
import { ownedBy } from './owned-by.ts';
import type { RegistryConnection } from './registry-connection.ts';
import { connector } from './tables.ts';

export interface ConnectorRow extends Omit<typeof connector.$inferSelect, 'archived_at'>, Author {
  /** Tools the tenant may see whose current version uses this connector. */
  tools: { id: string; name: string; title: string; version: number }[];
}

const columnsWith = (
  definition: string,
) => `c.id, ${authorColumns}, c.tenant_id, c.name, ${definition} AS definition, c.format_version, c.revision, c.created_at, c.updated_at,
  coalesce((
    SELECT jsonb_agg(jsonb_build_object('id', t.id, 'name', t.name, 'title', t.title, 'version', t.current_version) ORDER BY t.name)
    FROM tool t JOIN tool_version v ON v.tool_id = t.id AND v.version = t.current_version
    WHERE v.connector_id = c.id AND t.archived_at IS NULL), '[]') AS tools`;

/** A connector of the tenant or a global one; archived ones are not found. */
export async function findConnector(connection: TenantConnection, id: string): Promise<ConnectorRow | null> {
  const [row] = await connection.query<ConnectorRow>({
    text: `SELECT ${columnsWith('c.definition')} FROM connector c ${joinAuthor('$1')} WHERE c.id = $2 AND (c.tenant_id = $1 OR c.tenant_id IS NULL) AND c.archived_at IS NULL`,
    values: [connection.tenantId, id],
  });
  return row ?? null;
}

/** Whether a connector that the tenant sees is archived. */
export async function isConnectorArchived(connection: TenantConnection, id: string): Promise<boolean> {
  const [row] = await connection.query<{ name: string }>({
    text: 'SELECT name FROM connector WHERE id = $2 AND (tenant_id = $1 OR tenant_id IS NULL) AND archived_at IS NOT NULL',
    values: [connection.tenantId, id],
  });
  return row !== undefined;
}

/** Without the documents of the connectors. */
export async function listConnectors(
  connection: TenantConnection,
  page: { q?: string | undefined; after?: { name: string; id: string } | undefined; limit: number },
): Promise<ConnectorRow[]> {
  return connection.query<ConnectorRow>({
    text: `SELECT ${columnsWith('c.definition::jsonb - $6::text[]')} FROM connector c ${joinAuthor('$1')}
      WHERE (c.tenant_id = $1 OR c.tenant_id IS NULL) AND c.archived_at IS NULL AND ($2::text IS NULL OR (c.name, c.id) > ($2, $3::uuid))
        AND ($5::text IS NULL OR strpos(lower(concat_ws(' ', c.name, c.definition ->> 'title')), lower($5)) > 0)
      ORDER BY c.name, c.id LIMIT $4`,
    values: [
      connection.tenantId,
      page.after?.name ?? null,
      page.after?.id ?? null,
      page.limit,
      page.q ?? null,
      documentFields(),
    ],
  });
}

/** The id of the owner's connector with this name. */
export async function findConnectorByName(
  connection: RegistryConnection,
  ownerId: string | null,
  name: string,
): Promise<string | null> {
  const [row] = await connection.orm
    .select({ id: connector.id })
    .from(connector)
    .where(
      and(eq(connector.name, name), ownedBy(connector.tenant_id, ownerId), isNull(connector.archived_at)),
    );
  return row?.id ?? null;
}

/** A connector at its first revision. @throws the database's unique violation when the name is taken */
export async function insertConnector(
  connection: RegistryConnection,
  first: NewConnectorRevision,
): Promise<void> {
  const { id, ownerId, definition } = first;
  await connection.orm.insert(connector).values({
    id,
    tenant_id: ownerId,
    name: definition.name,
    definition,
    format_version: definitionFormatVersion,
  });
  await insertConnectorRevision(connection, first);
}

const owned = (id: string, ownerId: string | null) =>
  and(eq(connector.id, id), ownedBy(connector.tenant_id, ownerId));

/** Locks a connector for a change by its owner; null when it is not the owner's or archived. */
export async function lockConnector(
  connection: RegistryConnection,
  id: string,
  ownerId: string | null,
): Promise<{ definition: Record<string, unknown>; revision: number } | null> {
  const [row] = await connection.orm
    .select({ definition: connector.definition, revision: connector.revision })
    .from(connector)
    .where(and(owned(id, ownerId), isNull(connector.archived_at)))
    .for('update');
  return row ?? null;
}

/** Makes the next revision of a connector that is locked. @throws the database's unique violation when the name is taken */
export async function updateConnector(
  connection: RegistryConnection,
  next: NewConnectorRevision,
): Promise<void> {
  const { id, ownerId, revision, definition } = next;
  await connection.orm
    .update(connector)
    .set({
      name: definition.name,
      definition,
      format_version: definitionFormatVersion,
      revision,
      updated_at: sql`now()`,
    })
    .where(owned(id, ownerId));
  await insertConnectorRevision(connection, next);
}

export async function archiveConnector(
  connection: RegistryConnection,
  id: string,
  ownerId: string | null,
): Promise<void> {
  await connection.orm
    .update(connector)
    .set({ archived_at: sql`now()`, updated_at: sql`now()` })
    .where(owned(id, ownerId));
}

/** An archived connector that the tenant sees: of which owner it is. Null when it is not archived. */
export async function findArchivedConnector(
  connection: TenantConnection,
  id: string,
): Promise<{ tenant_id: string | null } | null> {
  const [row] = await connection.orm
    .select({ tenant_id: connector.tenant_id })
    .from(connector)
    .where(
      and(
        eq(connector.id, id),
        or(eq(connector.tenant_id, connection.tenantId), isNull(connector.tenant_id)),
        isNotNull(connector.archived_at),
      ),
    );
  return row ?? null;
}

/** @returns its name; null when it is not archived. @throws the database's unique violation when the name is taken */
export async function unarchiveConnector(
  connection: RegistryConnection,
  id: string,
  ownerId: string | null,
): Promise<string | null> {
  const [row] = await connection.orm
    .update(connector)
    .set({ archived_at: null, updated_at: sql`now()` })
    .where(and(owned(id, ownerId), isNotNull(connector.archived_at)))
    .returning({ name: connector.name });
  return row?.name ?? null;
}

/**
 * Until the transaction ends, a connector is not archived while a tool begins to use it.
 * @param to any number may `use` it at once
 */
export async function lockConnectorUse(
  connection: RegistryConnection,
  connectorId: string,
  to: 'use' | 'archive',
): Promise<void> {
  const lock = to === 'use' ? 'pg_advisory_xact_lock_shared' : 'pg_advisory_xact_lock';
  await connection.query({
    name: `connector_lock_to_${to}`,
    text: `SELECT ${lock}(hashtextextended('interlock/connector/' || $1::uuid, 0))`,
    values: [connectorId],
    bookkeeping: true,
  });
}

/** The name of a connector that is archived; null when it is not. */
export async function archivedConnectorName(
  connection: RegistryConnection,
  id: string,
): Promise<string | null> {
  const [row] = await connection.orm
    .select({ name: connector.name })
    .from(connector)
    .where(and(eq(connector.id, id), isNotNull(connector.archived_at)));
  return row?.name ?? null;
}

/** The names of the tools that use it, of the platform and of this tenant. */
export async function toolsWithConnector(
  connection: RegistryConnection,
  connectorId: string,
  tenantId: string,
): Promise<string[]> {
  const rows = await connection.query<{ name: string }>({
    name: 'connector_tools',
    text: `SELECT t.name FROM tool t JOIN tool_version v ON v.tool_id = t.id AND v.version = t.current_version
      WHERE v.connector_id = $1 AND t.archived_at IS NULL AND (t.tenant_id = $2 OR t.tenant_id IS NULL) ORDER BY t.name`,
    values: [connectorId, tenantId],
  });
  return rows.map(({ name }) => name);
}

/** The name of a tool whose candidate uses the connector. */
export async function findTriedWith(
  connection: RegistryConnection,
  connectorId: string,
): Promise<string | null> {
  const [row] = await connection.query<{ name: string }>({
    name: 'connector_tried',
    text: `SELECT t.name FROM tool t
      JOIN tool_version v ON v.tool_id = t.id AND v.version = (t.trial ->> 'candidate')::int
      WHERE v.connector_id = $1 AND t.archived_at IS NULL LIMIT 1`,
    values: [connectorId],
  });
  return row?.name ?? null;
}
