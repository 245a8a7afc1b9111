import { and, eq } from 'drizzle-orm';
import type { Actor } from '../../identity/roles.ts';
import { createdByOf } from '../../platform/db/columns.ts';
import type { SystemConnection } from '../../platform/db/database.ts';
import type { AuthType } from '../tool-definition.ts';
import { ownedBy } from './owned-by.ts';
import type { RegistryConnection } from './registry-connection.ts';
import { credential as credentialTable, credentialVersion } from './tables.ts';

const columns = {
  id: credentialTable.id,
  tenant_id: credentialTable.tenant_id,
  name: credentialTable.name,
  auth_type: credentialTable.auth_type,
  allowed_hosts: credentialTable.allowed_hosts,
  current_version: credentialTable.current_version,
};

export type CredentialRow = Pick<typeof credentialTable.$inferSelect, keyof typeof columns>;

/** A credential of this owner; one of another tenant is not found. */
export async function findCredential(
  connection: RegistryConnection,
  id: string,
  ownerId: string | null,
): Promise<CredentialRow | null> {
  const [row] = await connection.orm
    .select(columns)
    .from(credentialTable)
    .where(and(eq(credentialTable.id, id), ownedBy(credentialTable.tenant_id, ownerId)));
  return row ?? null;
}

/** A credential with its sealed current value, for the worker only: the tenant's own, or a global tool's. */
export async function readSealedCredential(
  connection: SystemConnection,
  id: string,
  ownerId: string | null,
): Promise<(CredentialRow & { sealed: Buffer }) | null> {
  const [row] = await connection.query<CredentialRow & { sealed: Buffer }>({
    name: 'read_sealed_credential',
    text: `SELECT c.id, c.tenant_id, c.name, c.auth_type, c.allowed_hosts, c.current_version, v.sealed
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

export async function insertCredential(
  connection: RegistryConnection,
  credential: {
    id: string;
    ownerId: string | null;
    name: string;
    authType: AuthType;
    allowedHosts: string[];
    sealed: Buffer;
    actor: Actor;
  },
): Promise<void> {
  const { id, ownerId, name, authType, allowedHosts, sealed, actor } = credential;
  await connection.orm.insert(credentialTable).values({
    id,
    tenant_id: ownerId,
    name,
    auth_type: authType,
    allowed_hosts: allowedHosts,
    ...createdByOf(actor),
  });
  await connection.orm
    .insert(credentialVersion)
    .values({ credential_id: id, tenant_id: ownerId, version: 1, sealed });
}
