import type { Actor } from '../../identity/roles.ts';
import { createdByOf } from '../../platform/db/columns.ts';
import type { TenantConnection } from '../../platform/db/database.ts';
import { definitionFormatVersion } from '../tool-definition.ts';
import type { RegistryConnection } from './registry-connection.ts';
import { connectorRevision } from './tables.ts';

export type ConnectorRevisionRow = typeof connectorRevision.$inferSelect;

export interface NewConnectorRevision {
  id: string;
  /** Null: global. */
  ownerId: string | null;
  revision: number;
  /** Without a secret. */
  definition: { name: string } & Record<string, unknown>;
  note: string | null;
  actor: Actor;
}

export type Author = Pick<ConnectorRevisionRow, 'created_by_type' | 'created_by_id' | 'created_by_name'>;

/** Of `joinAuthor`. */
export const authorColumns = `coalesce(author.created_by_type, 'system') AS created_by_type,
  coalesce(author.created_by_id, 'interlock') AS created_by_id,
  coalesce(author.created_by_name, 'Interlock') AS created_by_name`;

/**
 * Who wrote the current revision of connector `c`. One that a process before connector histories wrote has no row of its
 * own: the event log of the tenant says who it was.
 */
export const joinAuthor = (tenant: string) => `LEFT JOIN LATERAL (
  SELECT r.created_by_type, r.created_by_id, r.created_by_name
  FROM connector_revision r WHERE r.connector_id = c.id AND r.revision = c.revision
  UNION ALL
  (SELECT e.actor_type, e.actor_id, e.actor_name FROM event e
    WHERE e.tenant_id = ${tenant} AND e.subject_type = 'connector' AND e.subject_id = c.id::text
      AND e.type IN ('ConnectorCreated', 'ConnectorUpdated') ORDER BY e.id DESC)
  LIMIT 1) author ON true`;

/** The current revision of connector `$1` while it has no row. */
const unkept = `
  SELECT c.id AS connector_id, c.tenant_id, c.revision, c.format_version, c.definition, NULL AS note,
    ${authorColumns}, c.updated_at AS created_at
  FROM connector c ${joinAuthor('$2')}
  WHERE c.id = $1 AND NOT EXISTS (
    SELECT FROM connector_revision r WHERE r.connector_id = c.id AND r.revision = c.revision)`;

const columns = `connector_id, tenant_id, revision, format_version, definition, note,
  created_by_type, created_by_id, created_by_name, created_at`;

/** Revisions of a connector the tenant may see, newest first; with `only`, that one. */
export function listConnectorRevisions(
  connection: TenantConnection,
  connectorId: string,
  only?: number,
): Promise<ConnectorRevisionRow[]> {
  return connection.query<ConnectorRevisionRow>({
    text: `SELECT * FROM (
        SELECT ${columns} FROM connector_revision WHERE connector_id = $1 UNION ALL ${unkept}) known
      WHERE (tenant_id = $2 OR tenant_id IS NULL) AND ($3::int IS NULL OR revision = $3) ORDER BY revision DESC`,
    values: [connectorId, connection.tenantId, only ?? null],
  });
}

/** Gives the current revision of a connector that is locked its row, if it has none. */
export async function keepConnectorRevision(
  connection: RegistryConnection,
  tenantId: string,
  connectorId: string,
): Promise<void> {
  await connection.query({
    text: `INSERT INTO connector_revision (${columns}) ${unkept}`,
    values: [connectorId, tenantId],
  });
}

export async function insertConnectorRevision(
  connection: RegistryConnection,
  { id, ownerId, revision, definition, note, actor }: NewConnectorRevision,
): Promise<void> {
  await connection.orm.insert(connectorRevision).values({
    connector_id: id,
    tenant_id: ownerId,
    revision,
    format_version: definitionFormatVersion,
    definition,
    note,
    ...createdByOf(actor),
  });
}
