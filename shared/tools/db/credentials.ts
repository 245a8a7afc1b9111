import { and, eq, getTableColumns, isNull, sql } from 'drizzle-orm';
import type { Actor } from '../../identity/roles.ts';
import { createdByOf } from '../../platform/db/columns.ts';
import type { SystemConnection } from '../../platform/db/database.ts';
import { ownedBy } from './owned-by.ts';
import type { RegistryConnection } from './registry-connection.ts';
import { credential as credentialTable, credentialVersion } from './tables.ts';

export type CredentialRow = typeof credentialTable.$inferSelect;

const owned = (id: string, ownerId: string | null) =>
  and(
    eq(credentialTable.id, id),
    ownedBy(credentialTable.tenant_id, ownerId),
    isNull(credentialTable.archived_at),
  );

/** A credential of this owner; archived ones and those of another tenant are not found. */
export async function findCredential(
  connection: RegistryConnection,
  id: string,
  ownerId: string | null,
): Promise<CredentialRow | null> {
  const [row] = await connection.orm.select().from(credentialTable).where(owned(id, ownerId));
  return row ?? null;
}

/** The same, locked for a change. */
export async function lockCredential(
  connection: RegistryConnection,
  id: string,
  ownerId: string | null,
): Promise<CredentialRow | null> {
  const [row] = await connection.orm.select().from(credentialTable).where(owned(id, ownerId)).for('update');
  return row ?? null;
}

/** What opening a credential needs. */
export interface SealedCredential
  extends Pick<
    CredentialRow,
    'name' | 'allowed_hosts' | 'methods' | 'path_prefixes' | 'expires_at' | 'variable' | 'current_version'
  > {
  expired: boolean;
  /** Calls with it are refused. */
  refused: boolean;
  archived: boolean;
  sealed: Buffer;
  previous_version: number | null;
  /** While a rotation overlaps; otherwise null. */
  previous_sealed: Buffer | null;
}

/** A credential with its sealed value, for one call: the tenant's own, or a global tool's. Archived ones are found. */
export async function readSealedCredential(
  connection: SystemConnection,
  id: string,
  ownerId: string | null,
): Promise<SealedCredential | null> {
  const [row] = await connection.query<SealedCredential & { [column: string]: unknown }>({
    name: 'read_sealed_credential',
    text: `SELECT c.name, c.allowed_hosts, c.methods, c.path_prefixes, c.expires_at, c.variable, c.current_version, v.sealed,
        coalesce(c.expires_at <= now(), false) AS expired, c.refused_since IS NOT NULL AS refused, c.archived_at IS NOT NULL AS archived,
        c.previous_version, CASE WHEN c.previous_until > now() THEN (SELECT p.sealed FROM credential_version p
          WHERE p.credential_id = c.id AND p.version = c.previous_version AND length(p.sealed) > 0) END AS previous_sealed
      FROM credential c JOIN credential_version v ON v.credential_id = c.id AND v.version = c.current_version
      WHERE c.id = $1 AND c.tenant_id IS NOT DISTINCT FROM $2`,
    values: [id, ownerId],
  });
  return row ?? null;
}

/** Sealed values of the tenant's own credentials, of every version, newest first. */
export function readNewestSealed(
  connection: SystemConnection,
  tenantId: string,
): Promise<{ id: string; sealed: Buffer }[]> {
  return connection.query<{ id: string; sealed: Buffer }>({
    name: 'newest_sealed_credentials',
    text: `SELECT credential_id AS id, sealed FROM credential_version WHERE tenant_id = $1
      ORDER BY credential_id DESC, version DESC LIMIT 200`,
    values: [tenantId],
  });
}

export interface NewCredential
  extends Pick<CredentialRow, 'id' | 'name' | 'auth_type' | 'settings' | 'allowed_hosts'>,
    Partial<
      Pick<CredentialRow, 'methods' | 'path_prefixes' | 'note' | 'expires_at' | 'remind_at' | 'variable'>
    > {
  ownerId: string | null;
  /** Empty for one in the environment. */
  sealed: Buffer;
  actor: Actor;
}

/** A credential at its first version. */
export async function insertCredential(
  connection: RegistryConnection,
  { ownerId, sealed, actor, ...row }: NewCredential,
): Promise<void> {
  await connection.orm
    .insert(credentialTable)
    .values({ ...row, tenant_id: ownerId, ...createdByOf(actor), ...updatedByOf(actor) });
  await insertVersion(connection, { id: row.id, ownerId, version: 1, sealed, actor });
}

export async function insertVersion(
  connection: RegistryConnection,
  { id, ownerId, version, sealed, actor }: CredentialVersion,
): Promise<void> {
  await connection.orm
    .insert(credentialVersion)
    .values({ credential_id: id, tenant_id: ownerId, version, sealed, ...createdByOf(actor) });
}

interface CredentialVersion {
  id: string;
  ownerId: string | null;
  version: number;
  sealed: Buffer;
  actor: Actor;
}

/** Everything of a credential that can change, apart from what a test finds. */
export type CredentialChange = Partial<
  Omit<CredentialRow, 'id' | 'tenant_id' | 'auth_type' | 'revision' | 'created_at' | 'updated_at'>
>;

/** Changes a credential that is locked. @returns the row afterwards */
export async function changeCredential(
  connection: RegistryConnection,
  { id, revision }: Pick<CredentialRow, 'id' | 'revision'>,
  change: CredentialChange,
  actor: Actor,
): Promise<CredentialRow> {
  const [row] = await connection.orm
    .update(credentialTable)
    .set({ ...change, ...updatedByOf(actor), revision: revision + 1, updated_at: sql`now()` })
    .where(eq(credentialTable.id, id))
    .returning(getTableColumns(credentialTable));
  if (!row) throw new Error(`The locked credential ${id} is missing`);
  return row;
}

/** What a test has found; it is no change of the credential. */
export async function noteHealth(
  connection: RegistryConnection,
  id: string,
  found: Pick<CredentialRow, 'health' | 'health_message' | 'health_http_status' | 'test_method' | 'test_url'>,
): Promise<void> {
  await connection.orm
    .update(credentialTable)
    .set({
      ...found,
      health_at: sql`now()`,
      ...(found.health === 'ok' && { refused_since: null, refused_http_status: null }),
    })
    .where(eq(credentialTable.id, id));
}

const updatedByOf = (actor: Actor) => ({
  updated_by_type: actor.type,
  updated_by_id: actor.id,
  updated_by_name: actor.name,
});
