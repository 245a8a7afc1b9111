import { v7 as uuidv7 } from 'uuid';
import type { ChangeContext } from '../../events/server/change-context.ts';
import { tell } from '../../events/server/tell.ts';
import { InterlockError, type Issue } from '../../platform/error-codes.ts';
import type { Vault } from '../../platform/server/vault.ts';
import type { SealedStore } from '../../platform/server/vault-keys.ts';
import {
  type AnyAuth,
  type AuthType,
  authDefinitionOf,
  missingSecret,
  secretOf,
  withCredential,
  withoutSecret,
} from '../auth/registry.ts';
import { nextReminder } from '../credential-expiry.ts';
import { findCredential, insertCredential } from '../db/credentials.ts';
import type { RegistryConnection } from '../db/registry-connection.ts';
import { secretExpiry } from './secret-rules.ts';

/** Who owns a definition and its credential: a tenant, or (null) the platform. */
export type OwnerId = string | null;

/** What the secret of a credential is bound to: its owner and itself, whatever its version. */
export const credentialContext = (ownerId: OwnerId, credentialId: string) => ({
  tenant: ownerId ?? 'global',
  credential: credentialId,
});

export const sealedCredentials: SealedStore = {
  table: 'credential_version',
  column: 'sealed',
  key: ['credential_id', 'version'],
  facts: ['tenant_id'],
  contextOf: ({ tenant_id, credential_id }) => credentialContext(tenant_id ?? null, credential_id!),
};

export interface StoreAuth<A extends AnyAuth> {
  ownerId: OwnerId;
  /** "refund_payment": names the credential. */
  usedBy: string;
  auth: A;
  /** `host:port` of every place that gets the secret. */
  hosts: string[];
  /** The auth it replaces; its credential is kept when no new secret is written. */
  previous?: AnyAuth;
}

/**
 * Auth as it is stored. A secret written in it goes to the vault as a new credential, bound to its hosts. Without one
 * the given or the previous credential stays, if it may be sent to these hosts.
 * @throws InterlockError `invalid_definition` with the place of each problem
 */
export async function storeAuth<A extends AnyAuth & { type: AuthType }>(
  connection: RegistryConnection,
  context: ChangeContext<{ vault: Vault }>,
  { ownerId, usedBy, auth, hosts, previous }: StoreAuth<A>,
): Promise<A> {
  const kept = await keptCredential(connection, { ownerId, auth, hosts, previous });
  if (kept !== null) return withCredential(auth, kept);
  const secret = secretOf(auth).secret ?? (authDefinitionOf(auth).optionalSecret ? '' : undefined);
  if (secret !== undefined) {
    const id = uuidv7();
    const expiry = secretExpiry(auth);
    await insertCredential(connection, {
      id,
      ownerId,
      name: usedBy,
      expires_at: expiry,
      remind_at: nextReminder(expiry, new Date()),
      auth_type: auth.type,
      settings: withoutSecret(auth),
      allowed_hosts: hosts,
      sealed: await context.services.vault.seal(secret, credentialContext(ownerId, id)),
      actor: context.identity.actor,
    });
    const expiresAt = expiry?.toISOString();
    await tell(connection, context, {
      type: 'CredentialCreated',
      subjectType: 'credential',
      subjectId: id,
      data: { name: usedBy, authType: auth.type, allowedHosts: hosts, ...(expiresAt && { expiresAt }) },
    });
    return withCredential(auth, id);
  }
  return auth;
}

/**
 * The credential that auth without a new secret uses: the given or the previous one. Null when it has no use for one.
 * @throws InterlockError as `storeAuth` does
 */
export async function keptCredential(
  connection: RegistryConnection,
  { ownerId, auth, hosts, previous }: Omit<StoreAuth<AnyAuth>, 'usedBy'>,
): Promise<string | null> {
  const { secretField: field, optionalSecret } = authDefinitionOf(auth);
  const { secret, credentialId: given } = secretOf(auth);
  if (field === null || secret !== undefined) return null;
  const kept = previous?.type === auth.type ? previous.credentialId : undefined;
  const credentialId = given ?? kept;
  if (!credentialId && optionalSecret) return null;
  if (!credentialId) throw refused(missingSecret(auth));
  const found = await findCredential(connection, credentialId, ownerId);
  if (!found) throw invalid('/auth/credentialId', 'Credential not found');
  if (found.auth_type !== auth.type) {
    throw invalid('/auth/credentialId', `This credential is for ${found.auth_type}, not for ${auth.type}`);
  }
  const foreign = hosts.filter((host) => !found.allowed_hosts.includes(host));
  if (foreign.length > 0) {
    const [allowed, asked] = [found.allowed_hosts.join(', '), foreign.join(', ')];
    throw invalid(
      `/auth/${field}`,
      `Enter the secret again: it was stored for ${allowed} and cannot be sent to ${asked}`,
    );
  }
  return credentialId;
}

function invalid(path: string, message: string): InterlockError {
  return refused({ path, message, keyword: 'credential' });
}

function refused(issue: Issue): InterlockError {
  return new InterlockError('invalid_definition', 'The credential cannot be used here.', { issues: [issue] });
}
