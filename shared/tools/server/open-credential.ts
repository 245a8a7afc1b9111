import type { Database } from '../../platform/db/database.ts';
import { InterlockError } from '../../platform/error-codes.ts';
import { type Vault, VaultError } from '../../platform/server/vault.ts';
import { type CredentialLimits, limitProblem } from '../credential-limits.ts';
import { readNewestSealed, readSealedCredential, type SealedCredential } from '../db/credentials.ts';
import { credentialContext, type OwnerId } from './credential-store.ts';
import { secretVariable } from './secret-variables.ts';

/** The clear secret of a credential, for one call. */
export interface OpenedCredential {
  name: string;
  version: number;
  /** Earlier calls with this version were refused. */
  refused: boolean;
  secret: string;
  /** The replaced value, while a rotation overlaps: tried when the provider refuses the other one. */
  previous: { version: number; secret: string } | null;
  /** What a redirect must keep to as well. */
  limits: CredentialLimits;
}

export interface OpenRequest {
  credentialId: string;
  ownerId: OwnerId;
  /** `host:port` of every place that gets the secret. */
  hosts: string[];
  /** The request that will carry it; left out for a token request, which the limits of the credential are not about. */
  request?: { method: string; url: string };
}

/**
 * Opens a credential for a request that it may be used for. It is not cached: opening takes about 0.5 ms.
 * @throws InterlockError `forbidden` when this owner does not have it, it has no secret yet or has expired, its variable is not set, or it is
 * not bound to these hosts, this method or this path
 */
export async function openCredential(
  db: Database,
  vault: Vault,
  { credentialId, ownerId, hosts, request }: OpenRequest,
): Promise<OpenedCredential> {
  const row = await db.system((connection) => readSealedCredential(connection, credentialId, ownerId));
  if (!row || row.archived || hosts.some((host) => !row.allowed_hosts.includes(host)))
    throw new InterlockError('forbidden', 'The credential of this tool cannot be used for this host.');
  const limits = { methods: row.methods, pathPrefixes: row.path_prefixes };
  const problem = request && limitProblem(limits, request);
  if (problem) throw refused(row, `may not be used ${problem}`);
  if (row.expired)
    throw refused(row, `expired on ${row.expires_at!.toISOString().slice(0, 10)}`, 'Rotate it first.');
  if (row.variable === null && row.sealed.length === 0)
    throw refused(row, 'has no secret yet', 'Enter it first: rotate the credential.');
  const context = credentialContext(ownerId, credentialId);
  const open = (sealed: Buffer) => vault.open(sealed, context).catch(doesNotOpen(row));
  const [secret, previous] = await Promise.all([
    row.variable === null ? open(row.sealed) : fromEnvironment(row, row.variable),
    row.previous_sealed && open(row.previous_sealed),
  ]);
  return {
    name: row.name,
    version: row.current_version,
    refused: row.refused,
    secret,
    previous: previous === null ? null : { version: row.previous_version!, secret: previous },
    limits,
  };
}

/**
 * Every clear value of a credential that may still be in use, whether or not it may be sent now: for redaction.
 * @returns none when the credential is not found or does not open
 */
export async function knownSecrets(
  db: Database,
  vault: Vault,
  { credentialId, ownerId }: Pick<OpenRequest, 'credentialId' | 'ownerId'>,
): Promise<string[]> {
  const row = await db.system((connection) => readSealedCredential(connection, credentialId, ownerId));
  if (!row) return [];
  const context = credentialContext(ownerId, credentialId);
  const sealed = [row.sealed, row.previous_sealed].filter((each) => each !== null && each.length > 0);
  const opened = await Promise.allSettled(sealed.map((each) => vault.open(each!, context)));
  const inEnvironment = row.variable === null ? null : secretVariable(row.variable);
  return [
    ...opened.flatMap((each) => (each.status === 'fulfilled' ? [each.value] : [])),
    ...(inEnvironment === null ? [] : [inEnvironment]),
  ];
}

/** The name of the variable is for platform admins: it is in the log, and on the page of the credential. */
function fromEnvironment(row: SealedCredential, variable: string): string {
  const secret = secretVariable(variable);
  if (secret !== null) return secret;
  throw new InterlockError(
    'forbidden',
    `The credential "${row.name}" is not set in this deployment. Nothing was sent. Ask a platform admin to set it.`,
    { detail: `the variable ${variable} is not set in the environment of this process` },
  );
}

/** Its key is missing, or it was changed or copied from elsewhere in the database. */
function doesNotOpen({ name }: SealedCredential): (error: unknown) => never {
  return (error) => {
    if (!(error instanceof VaultError)) throw error;
    throw new InterlockError(
      'forbidden',
      `The credential "${name}" does not open with the keys of this deployment. Nothing was sent. Rotate it, or ask the people who operate Interlock.`,
      { detail: error.message, cause: error },
    );
  };
}

function refused({ name }: SealedCredential, why: string, next = ''): InterlockError {
  return new InterlockError('forbidden', `The credential "${name}" ${why}. Nothing was sent. ${next}`.trim());
}

/** The clear secrets of a tenant's newest credentials, 200 at most. One that does not open is left out. */
export async function openNewestCredentials(db: Database, vault: Vault, tenantId: string): Promise<string[]> {
  const rows = await db.system((connection) => readNewestSealed(connection, tenantId));
  const opened = await Promise.all(
    rows.map(({ id, sealed }) => vault.open(sealed, credentialContext(tenantId, id)).catch(() => null)),
  );
  return opened.filter((secret) => secret !== null);
}
