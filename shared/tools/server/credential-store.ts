import { v7 as uuidv7 } from 'uuid';
import { appendEvent } from '../../events/db/append-event.ts';
import type { Actor } from '../../identity/roles.ts';
import type { Database } from '../../platform/db/database.ts';
import { InterlockError, type Issue } from '../../platform/error-codes.ts';
import { LruCache } from '../../platform/server/lru-cache.ts';
import type { Vault } from '../../platform/server/vault.ts';
import { withoutSecret } from '../auth/auth-view.ts';
import { secretOf } from '../auth/registry.ts';
import { findCredential, insertCredential, readSealedCredential } from '../db/credentials.ts';
import type { RegistryConnection } from '../db/registry-connection.ts';
import { type Auth, authSecretField } from '../tool-definition.ts';

/** Who owns a definition and its credential: a tenant, or (null) the platform. */
export type OwnerId = string | null;

const contextOf = (ownerId: OwnerId, credentialId: string) => ({
  tenant: ownerId ?? 'global',
  credential: credentialId,
});

export interface StoreAuth {
  ownerId: OwnerId;
  /** The tenant whose log tells of it. */
  tenantId: string;
  actor: Actor;
  requestId: string | null;
  /** "refund_payment": names the credential. */
  usedBy: string;
  auth: Auth;
  /** `host:port` of every place this auth sends its secret to. */
  hosts: string[];
  /** The auth it replaces; its credential is kept when no new secret comes. */
  previous?: Auth;
}

/**
 * Auth as it is stored. A secret written in it goes into the vault under a new credential, bound to the hosts it was
 * given for; without one the credential given or the previous one stays, if it may be sent to these hosts.
 * @throws InterlockError `invalid_definition` with the place of what is wrong
 */
export async function storeAuth(
  connection: RegistryConnection,
  vault: Vault,
  request: StoreAuth,
): Promise<Auth> {
  const { auth, ownerId, hosts, actor } = request;
  if (auth.type === 'none') return auth;
  const { secret, credentialId: given } = secretOf(auth);
  if (secret !== undefined) {
    const id = uuidv7();
    const sealed = await vault.seal(secret, contextOf(ownerId, id));
    await insertCredential(connection, {
      id,
      ownerId,
      name: request.usedBy,
      authType: auth.type,
      allowedHosts: hosts,
      sealed,
      actor,
    });
    await appendEvent(connection, request.tenantId, {
      type: 'CredentialCreated',
      subjectType: 'credential',
      subjectId: id,
      actor,
      requestId: request.requestId,
      data: { name: request.usedBy, authType: auth.type, allowedHosts: hosts },
    });
    return withoutSecret(auth, id);
  }
  const previous = request.previous?.type === auth.type ? secretOf(request.previous).credentialId : undefined;
  const credentialId = given ?? previous;
  const field = authSecretField[auth.type];
  if (!credentialId)
    throw invalid({
      path: `/auth/${field}`,
      message: `${field} is required (or a credentialId)`,
      keyword: 'required',
    });
  const found = await findCredential(connection, credentialId, ownerId);
  if (!found)
    throw invalid({
      path: '/auth/credentialId',
      message: 'There is no such credential',
      keyword: 'credential',
    });
  if (found.auth_type !== auth.type) {
    throw invalid({
      path: '/auth/credentialId',
      message: `This credential is of the kind ${found.auth_type}`,
      keyword: 'credential',
    });
  }
  const foreign = hosts.filter((host) => !found.allowed_hosts.includes(host));
  if (foreign.length > 0) {
    throw invalid({
      path: `/auth/${field}`,
      message: `Enter the secret again: it was given for ${found.allowed_hosts.join(', ')}, not for ${foreign.join(', ')}`,
      keyword: 'credential',
    });
  }
  return withoutSecret(auth, credentialId);
}

function invalid(issue: Issue): InterlockError {
  return new InterlockError('invalid_definition', 'The credential cannot be used here.', { issues: [issue] });
}

const openFor = 60_000;
const opened = new LruCache<string, { secret: string; until: number }>(1_000);

/**
 * The clear secret of a credential, for the call alone.
 * @param host `host:port` it is about to be sent to
 * @throws InterlockError `forbidden` when it is not there for this owner or not bound to this host
 */
export async function openCredential(
  db: Database,
  vault: Vault,
  request: { credentialId: string; ownerId: OwnerId; hosts: string[] },
): Promise<{ name: string; secret: string }> {
  const { credentialId, ownerId, hosts } = request;
  const row = await db.system((connection) => readSealedCredential(connection, credentialId, ownerId));
  if (!row || hosts.some((host) => !row.allowed_hosts.includes(host))) {
    throw new InterlockError('forbidden', 'The credential of this tool may not be used for this host.');
  }
  const key = `${credentialId}/${row.current_version}`;
  const known = opened.get(key);
  if (known && known.until > performance.now()) return { name: row.name, secret: known.secret };
  const secret = await vault.open(row.sealed, contextOf(ownerId, credentialId));
  opened.set(key, { secret, until: performance.now() + openFor });
  return { name: row.name, secret };
}
