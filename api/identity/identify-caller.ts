import { createHash } from 'node:crypto';
import { mcpResource } from '../../shared/identity/app-scopes.ts';
import type { Identity } from '../../shared/identity/roles.ts';
import type { Accounts, Via } from '../../shared/identity/server/accounts.ts';
import { apiKeyPrefix, cookiePrefix } from '../../shared/identity/server/auth.ts';
import { InterlockError } from '../../shared/platform/error-codes.ts';
import { assertSameOrigin, type Caller } from './same-origin.ts';

/** Over TLS the name has the prefix `__Secure-`. */
const sessionCookie = new RegExp(`(?:^|;\\s*)((?:__Secure-)?${cookiePrefix}\\.session_token=[^;]+)`);

/**
 * An API key's tenant and roles, the person of an app's token, or the session's person in the tenant that `x-tenant` names.
 * @param tenantSlug for a connection whose requests carry no headers; `x-tenant` otherwise
 * @returns null when the request has no credential
 * @throws InterlockError `unauthorized` for a bad credential, `forbidden` for a tenant that the person is not a member
 * of, for a key that is limited to other doors or addresses, and for a request that another site caused
 */
export async function identifyCaller(
  accounts: Accounts,
  publicUrl: string,
  caller: Caller,
  via: Via,
  tenantSlug?: string,
): Promise<Identity | null> {
  const { authorization } = caller.headers;
  if (typeof authorization === 'string') {
    const key = /^Bearer\s+(\S+)\s*$/i.exec(authorization)?.[1];
    if (!key) throw new InterlockError('unauthorized', 'The Authorization header must be: Bearer <API key>.');
    // Apps that act for a person come by this door only.
    if (via.door === 'mcp' && !key.startsWith(apiKeyPrefix))
      return accounts.identifyApp(key, mcpResource(publicUrl), via);
    return accounts.identifyKey(key, via);
  }
  const session = sessionOf(caller);
  if (!session) return null;
  assertSameOrigin(caller, publicUrl);
  return accounts.identifySession(session, via, tenantSlug ?? [caller.headers['x-tenant']].flat()[0]);
}

/** The session's cookie as `name=value`; null when the request has none. */
export function sessionOf({ headers: { cookie } }: Pick<Caller, 'headers'>): string | null {
  return sessionCookie.exec([cookie ?? ''].flat().join('; '))?.[1] ?? null;
}

/** Tells the sessions of browsers apart without holding one; null for a request of a program. */
export function sessionDigest(caller: Caller): string | null {
  const session = caller.headers.authorization === undefined ? sessionOf(caller) : null;
  return session === null ? null : createHash('sha256').update(session).digest('base64url');
}
