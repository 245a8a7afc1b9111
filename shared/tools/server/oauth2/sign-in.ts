import { createHash, randomBytes } from 'node:crypto';
import { z } from 'zod';
import type { ChangeContext, ReadContext } from '../../../events/server/change-context.ts';
import { tell } from '../../../events/server/tell.ts';
import { readTenantEgress } from '../../../identity/db/tenant-settings.ts';
import { can } from '../../../identity/roles.ts';
import { InterlockError } from '../../../platform/error-codes.ts';
import { isUuid } from '../../../platform/ids.ts';
import type { Egress } from '../../../platform/server/egress/egress.ts';
import type { Vault } from '../../../platform/server/vault.ts';
import type { SealedStore } from '../../../platform/server/vault-keys.ts';
import { type Connection, connectionOf } from '../../auth/oauth2-authorization-code/connection.ts';
import { authDefinitions, authHosts } from '../../auth/registry.ts';
import { type CredentialRow, findCredential } from '../../db/credentials.ts';
import { insertSignIn, listAuthWith, takeSignIn } from '../../db/oauth-sign-ins.ts';
import { findSignIn, writeSignIn } from '../../db/oauth-tokens.ts';
import type { RegistryConnection } from '../../db/registry-connection.ts';
import { AuthError } from '../auth-applier.ts';
import type { OwnerId } from '../credential-store.ts';
import { openCredential } from '../open-credential.ts';
import { sealToken } from './shared-tokens.ts';
import { type SignInAuth, settingsDigest } from './sign-in-settings.ts';
import { type IssuedToken, requestToken } from './token-request.ts';

/** A person has this long at the provider. */
const finishWithinMs = 10 * 60_000;
export const callbackPath = '/api/oauth/callback';

export interface SignInServices {
  vault: Vault;
  egress: Egress;
  environment: { publicUrl: string };
}

type SignInContext = ChangeContext<SignInServices> & {
  /** A digest of the session of the browser; null for an API key. */
  session: string | null;
};

/** What a begun sign-in needs at its end. */
const begunSchema = z.object({
  verifier: z.string(),
  settings: z.string(),
  tenantSlug: z.string(),
  returnTo: z.string(),
});

interface OwnedCredential extends CredentialRow {
  ownerId: OwnerId;
}

/**
 * Begins a sign-in for a credential.
 * @param returnTo the path of the page that asked
 * @returns the URL at the provider where the person signs in
 * @throws InterlockError `not_found`, `forbidden` for an API key, or `conflict` when it is not clear for what to sign in
 */
export async function beginSignIn(
  context: SignInContext,
  credentialId: string,
  returnTo: string | undefined,
): Promise<{ url: string }> {
  const { services, identity, session } = context;
  const { tenantId, tenantSlug } = identity;
  const found = await mustFind(context, credentialId);
  if (session === null)
    throw new InterlockError('forbidden', 'Only a person who is signed in can connect a credential.');
  const auth = await authFor(context, found);
  const state = `${tenantId}.${randomBytes(32).toString('base64url')}`;
  const verifier = randomBytes(32).toString('base64url');
  const begun: z.input<typeof begunSchema> = {
    verifier,
    settings: settingsDigest(auth),
    tenantSlug,
    returnTo: isOwnPath(returnTo) ? returnTo : `/t/${tenantSlug}/tools`,
  };
  const stateDigest = digest(state);
  const sealed = await services.vault.seal(JSON.stringify(begun), sealContext(tenantId, stateDigest));
  const url = new URL(auth.authorizationUrl);
  await services.db.tenantTransaction(tenantId, async (connection) => {
    await insertSignIn(connection, {
      state_digest: stateDigest,
      credential_id: found.id,
      session_digest: session,
      sealed,
      expires_at: new Date(Date.now() + finishWithinMs),
    });
    await tell(connection, context, {
      type: 'CredentialSignInBegun',
      subjectType: 'credential',
      subjectId: found.id,
      data: { name: found.name, provider: url.host },
    });
  });
  const parameters = {
    response_type: 'code',
    client_id: auth.clientId,
    redirect_uri: redirectUri(services),
    scope: auth.scope ?? '',
    state,
    code_challenge: createHash('sha256').update(verifier).digest('base64url'),
    code_challenge_method: 'S256',
  };
  for (const [name, value] of Object.entries(parameters)) if (value !== '') url.searchParams.set(name, value);
  return { url: url.href };
}

/** What a sign-in came to: where the person goes on, and in case of `failure` why it did not finish. */
export interface SignInEnd {
  returnTo: string;
  failure: string | null;
}

/** The tenant that a `state` names, which any caller can write; null when it names none. */
export const tenantOfState = (state: string): string | null => {
  const [tenantId = ''] = state.split('.');
  return isUuid(tenantId) ? tenantId : null;
};

/** A sign-in that was begun, taken so that it cannot be used again. */
export interface BegunSignIn extends z.output<typeof begunSchema> {
  tenantId: string;
  credentialId: string;
}

/** @returns null when it is unknown, was used, is too old, or another browser began it */
export async function takeBegun(
  { db, vault }: Pick<ChangeContext<SignInServices>['services'], 'db' | 'vault'>,
  state: string,
  session: string,
): Promise<BegunSignIn | null> {
  const tenantId = tenantOfState(state);
  if (tenantId === null) return null;
  const stateDigest = digest(state);
  const row = await db.tenantTransaction(tenantId, (connection) => takeSignIn(connection, stateDigest));
  if (!row || row.session_digest !== session || row.expires_at <= new Date()) return null;
  const begun = begunSchema.parse(
    JSON.parse(await vault.open(row.sealed, sealContext(tenantId, stateDigest))),
  );
  return { ...begun, tenantId, credentialId: row.credential_id };
}

/**
 * Ends a sign-in with what the provider sent back.
 * @throws InterlockError when the person may no longer connect it
 */
export async function finishSignIn(
  context: ChangeContext<SignInServices>,
  begun: BegunSignIn,
  sent: { code: string | undefined; error: string | undefined; iss: string | undefined },
): Promise<SignInEnd> {
  const { returnTo } = begun;
  const failed = (failure: string): SignInEnd => ({ returnTo, failure });
  if (sent.code === undefined || sent.code === '')
    return failed(
      sent.error === 'access_denied'
        ? 'The provider says that access was refused.'
        : `The provider sent no code${/^[\w.-]{1,64}$/.test(sent.error ?? '') ? ` (${sent.error})` : ''}.`,
    );
  const found = await mustFind(context, begun.credentialId);
  const auth = await authFor(context, found);
  if (settingsDigest(auth) !== begun.settings) return failed('The settings have changed meanwhile.');
  // Another provider's code must not go to this one (RFC 9207).
  if (sent.iss !== undefined && originOf(sent.iss) !== originOf(auth.authorizationUrl))
    return failed('The response came from another provider.');
  let issued: IssuedToken;
  try {
    issued = await exchangeCode(context, found, auth, { code: sent.code, verifier: begun.verifier });
  } catch (error) {
    if (error instanceof AuthError) return failed(`${error.message}.`);
    throw error;
  }
  const { services, identity } = context;
  const owner = { key: found.id, tenantId: found.ownerId };
  const token = await sealToken(services.vault, owner, issued);
  await asOwner(context, found.ownerId, async (connection) => {
    await writeSignIn(connection, owner, { ...token, settings: begun.settings, actor: identity.actor });
    await tell(connection, context, {
      type: 'CredentialConnected',
      subjectType: 'credential',
      subjectId: found.id,
      data: { name: found.name, provider: new URL(auth.authorizationUrl).host, renewable: token.renewable },
    });
  });
  return { returnTo, failure: null };
}

/** @throws InterlockError `not_found` */
export async function readConnection(
  context: ReadContext<Pick<SignInServices, 'vault'>>,
  credentialId: string,
): Promise<Connection> {
  const found = await mustFind(context, credentialId);
  const row = await asOwner(context, found.ownerId, (connection) =>
    findSignIn(connection, found.id, found.ownerId),
  );
  const { connected_by_type: type, connected_by_id: id, connected_by_name: name } = row ?? {};
  const signIn = row?.connected_at &&
    type && {
      connectedBy: { type, id: id ?? '', name: name ?? '' },
      connectedAt: row.connected_at,
      usableUntil: row.usable_until,
      renewable: row.renewable,
      failure: row.failure,
    };
  return connectionOf(signIn || null, new Date());
}

async function exchangeCode(
  { services, identity }: ReadContext<SignInServices>,
  { id: credentialId, ownerId, allowed_hosts }: OwnedCredential,
  auth: SignInAuth,
  { code, verifier }: { code: string; verifier: string },
): Promise<IssuedToken> {
  const { db, vault, egress } = services;
  const { tenantId } = identity;
  const hosts = authHosts(auth, []).filter((host) => !allowed_hosts.includes(host));
  if (hosts.length > 0) throw new AuthError(`The credential may not be sent to ${hosts.join(', ')}`);
  const { secret } = await openCredential(db, vault, { credentialId, ownerId, hosts: authHosts(auth, []) });
  const reach = await db.tenant(tenantId, readTenantEgress);
  return requestToken(
    egress,
    { ...auth, clientSecret: secret },
    {
      grant_type: 'authorization_code',
      code,
      redirect_uri: redirectUri(services),
      code_verifier: verifier,
    },
    { tenantId, ...reach, caller: { type: 'credential', id: credentialId } },
  );
}

/** The tenant's own credential, or a global one for platform admins. @throws InterlockError `not_found` */
async function mustFind({ services, identity }: ReadContext, id: string): Promise<OwnedCredential> {
  const { tenantId } = identity;
  const notFound = new InterlockError('not_found', 'Credential not found.');
  if (!isUuid(id)) throw notFound;
  const own = await services.db.tenant(tenantId, (connection) => findCredential(connection, id, tenantId));
  if (own) return { ...own, ownerId: tenantId };
  const global = can(identity, 'tools.write_global')
    ? await services.db.system((connection) => findCredential(connection, id, null))
    : null;
  if (!global) throw notFound;
  return { ...global, ownerId: null };
}

/** The settings of the tools and connectors that use a credential. @throws InterlockError `conflict` */
async function authFor(
  context: ReadContext,
  { id, name: credentialName, ownerId, auth_type, settings }: OwnedCredential,
): Promise<SignInAuth> {
  if (auth_type !== 'oauth2_authorization_code')
    throw new InterlockError('conflict', 'No one has to sign in for a credential of this kind.');
  const uses = await asOwner(context, ownerId, (connection) => listAuthWith(connection, id, ownerId));
  // It may have been stored before any tool that uses it.
  const known = uses.length > 0 ? uses : [{ name: credentialName, auth: settings }];
  const parsed = known.flatMap(({ name, auth }) => {
    const { data } = authDefinitions.oauth2_authorization_code.schema.safeParse(auth);
    return data ? [{ name, auth: data }] : [];
  });
  const [first] = parsed;
  if (!first)
    throw new InterlockError(
      'conflict',
      'No tool or connector uses this credential yet, so it is not known where to sign in.',
    );
  const other = parsed.find(({ auth }) => settingsDigest(auth) !== settingsDigest(first.auth));
  if (other)
    throw new InterlockError(
      'conflict',
      `${first.name} and ${other.name} use this credential with different settings. Give them the same ones, then connect.`,
    );
  return first.auth;
}

function asOwner<T>(
  { services, identity }: ReadContext,
  ownerId: OwnerId,
  work: (connection: RegistryConnection) => Promise<T>,
): Promise<T> {
  return ownerId === null
    ? services.db.systemTransaction(work)
    : services.db.tenantTransaction(identity.tenantId, work);
}

const redirectUri = ({ environment }: Pick<SignInServices, 'environment'>): string =>
  new URL(callbackPath, environment.publicUrl).href;

const sealContext = (tenant: string, state: string) => ({ purpose: 'oauth-sign-in', tenant, state });

export const sealedSignIns: SealedStore = {
  table: 'oauth_sign_in',
  column: 'sealed',
  key: ['state_digest'],
  facts: ['tenant_id'],
  contextOf: ({ tenant_id, state_digest }) => sealContext(tenant_id!, state_digest!),
};

const digest = (text: string): string => createHash('sha256').update(text).digest('base64url');
const originOf = (url: string): string | null => URL.parse(url)?.origin ?? null;

/** A path of this server: `//host` and `/\host` would lead elsewhere. */
const isOwnPath = (path: string | undefined): path is string =>
  path !== undefined && /^\/t\/[\w-]+(\/[\w\-./?=&%]*)?$/.test(path);
