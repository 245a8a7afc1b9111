import type { Actor } from '../../identity/roles.ts';
import type { SystemConnection } from '../../platform/db/database.ts';
import type { AuthType } from '../tool-definition.ts';
import type { RegistryConnection } from './registry-connection.ts';

export interface CredentialRow {
  id: string;
  tenant_id: string | null;
  name: string;
  auth_type: AuthType;
  allowed_hosts: string[];
  current_version: number;
}

const columns = 'id, tenant_id, name, auth_type, allowed_hosts, current_version';

/** A credential of this owner; another tenant's is as if it were not there. */
export async function findCredential(
  connection: RegistryConnection,
  id: string,
  ownerId: string | null,
): Promise<CredentialRow | null> {
  const [row] = await connection.query<CredentialRow & Record<string, unknown>>({
    text: `SELECT ${columns} FROM credential WHERE id = $1 AND tenant_id IS NOT DISTINCT FROM $2`,
    values: [id, ownerId],
  });
  return row ?? null;
}

/** A credential with its sealed current value, for the worker alone: the tenant's own, or a global tool's. */
export async function readSealedCredential(
  connection: SystemConnection,
  id: string,
  ownerId: string | null,
): Promise<(CredentialRow & { sealed: Buffer }) | null> {
  const [row] = await connection.query<CredentialRow & { sealed: Buffer } & Record<string, unknown>>({
    name: 'read_sealed_credential',
    text: `SELECT c.id, c.tenant_id, c.name, c.auth_type, c.allowed_hosts, c.current_version, v.sealed
      FROM credential c JOIN credential_version v ON v.credential_id = c.id AND v.version = c.current_version
      WHERE c.id = $1 AND c.tenant_id IS NOT DISTINCT FROM $2`,
    values: [id, ownerId],
  });
  return row ?? null;
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
  await connection.query({
    text: `INSERT INTO credential (id, tenant_id, name, auth_type, allowed_hosts, created_by_type, created_by_id, created_by_name)
      VALUES ($1, $2, $3, $4, $5, $6, $7, $8)`,
    values: [id, ownerId, name, authType, allowedHosts, actor.type, actor.id, actor.name],
  });
  await connection.query({
    text: 'INSERT INTO credential_version (credential_id, tenant_id, version, sealed) VALUES ($1, $2, 1, $3)',
    values: [id, ownerId, sealed],
  });
}
