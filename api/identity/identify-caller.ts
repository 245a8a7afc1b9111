import { createHash } from 'node:crypto';
import type { Identity } from '../../shared/identity/roles.ts';
import type { Accounts } from '../../shared/identity/server/accounts.ts';
import { cookiePrefix } from '../../shared/identity/server/auth.ts';
import { InterlockError } from '../../shared/platform/error-codes.ts';
import { assertSameOrigin, type Caller } from './same-origin.ts';

/** Over TLS the name has the prefix `__Secure-`. */
const sessionCookie = new RegExp(`(?:^|;\\s*)((?:__Secure-)?${cookiePrefix}\\.session_token=[^;]+)`);

/**
 * An API key's tenant and roles, or the session's person in the tenant that `x-tenant` names.
 * @param tenantSlug for a connection whose requests carry no headers; `x-tenant` otherwise
 * @returns null when the request has no credential
 * @throws InterlockError `unauthorized` for a bad credential, `forbidden` for a tenant that the person is not a member
 * of and for a request that another site caused
 */
export async function identifyCaller(
  accounts: Accounts,
  publicUrl: string,
  caller: Caller,
  tenantSlug?: string,
): Promise<Identity | null> {
  const { authorization } = caller.headers;
  if (typeof authorization === 'string') {
    const key = /^Bearer\s+(\S+)\s*$/i.exec(authorization)?.[1];
    if (!key) throw new InterlockError('unauthorized', 'The Authorization header must be: Bearer <API key>.');
    return accounts.identifyKey(key);
  }
  const session = sessionOf(caller);
  if (!session) return null;
  assertSameOrigin(caller, publicUrl);
  return accounts.identifySession(session, tenantSlug ?? [caller.headers['x-tenant']].flat()[0]);
}

const sessionOf = ({ headers }: Caller): string | undefined =>
  sessionCookie.exec([headers.cookie ?? ''].flat().join('; '))?.[1];

/** Tells the sessions of browsers apart without holding one; null for a request of a program. */
export function sessionDigest(caller: Caller): string | null {
  const session = caller.headers.authorization === undefined ? sessionOf(caller) : undefined;
  return session === undefined ? null : createHash('sha256').update(session).digest('base64url');
}
