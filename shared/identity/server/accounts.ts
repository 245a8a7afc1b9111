import { createHash } from 'node:crypto';
import { LRUCache } from 'lru-cache';
import { InterlockError } from '../../platform/error-codes.ts';
import { type Identity, personOf } from '../roles.ts';
import { type AuthOptions, createAuth } from './auth.ts';
import { type Member, readMembers } from './members.ts';
import { findAccount, findTenantId, type Person, readPerson } from './person.ts';
import { readApiKey } from './read-api-key.ts';
import { createSignInLimits } from './sign-in-limits.ts';

/** How long a decision about a key or a session is reused: a revoked one works at most this long. */
const cacheMs = 5_000;

export interface Accounts {
  /** The tenant and the roles of an API key. @throws InterlockError `unauthorized` */
  identifyKey(key: string): Promise<Identity>;
  /**
   * The person of a session, in one of their tenants.
   * @param cookie the session's cookie as `name=value`
   * @param tenantSlug the person's first tenant when it is missing
   * @throws InterlockError `unauthorized`, or `forbidden` when the person is not a member of the tenant
   */
  identifySession(cookie: string, tenantSlug?: string): Promise<Identity>;
  /** A person with every tenant that they may enter. */
  person(userId: string): Promise<Person | null>;
  /** The members of a tenant, by name. */
  members(tenantId: string): Promise<Member[]>;
  /** better-auth's own routes under /api/auth, except the sign-in. */
  handle(request: Request): Promise<Response>;
  /**
   * The sign-in of better-auth, with our limits.
   * @param address of the caller
   * @throws InterlockError `rate_limited` after too many failed sign-ins
   */
  signIn(request: Request, address: string): Promise<Response>;
}

/** What the audit trail records. */
export interface AccountEvents {
  /** Someone tried to sign in to the account of a member of these tenants. */
  signInFailed(failure: { userId: string; name: string; tenantIds: string[]; reason: string }): Promise<void>;
  /** A person asked for a tenant that they are not a member of. */
  notAMember(refused: { userId: string; tenantId: string }): Promise<void>;
}

export function createAccounts(options: AuthOptions, events: AccountEvents): Accounts {
  const auth = createAuth(options);
  const limits = createSignInLimits(options.pool);
  /** better-auth hides why it failed. This throws the real error when the database is unreachable. */
  const ping = () => options.pool.query('SELECT 1');

  async function personOfSession(cookie: string): Promise<Person> {
    const headers = new Headers({ cookie });
    const session = await auth.api.getSession({ headers }).catch(async (error: unknown) => {
      await ping();
      throw error;
    });
    const person = session && (await readPerson(options.pool, session.user.id));
    if (!person) throw new InterlockError('unauthorized', 'Your session has ended. Sign in again.');
    return person;
  }

  async function handle(request: Request): Promise<Response> {
    const response = await auth.handler(request);
    // A change of an account or a session must have an effect at once.
    if (request.method !== 'GET') sessions.clear();
    if (response.status >= 500) await ping();
    return response;
  }

  async function signIn(request: Request, address: string): Promise<Response> {
    const { email } = (await request.clone().json()) as { email?: unknown };
    if (typeof email !== 'string') return handle(request);
    const failed = async (reason: string) => {
      const account = await findAccount(options.pool, email);
      if (account) await events.signInFailed({ ...account, reason });
    };
    try {
      await limits.attempt(email, address);
    } catch (error) {
      await failed('too many attempts');
      throw error;
    }
    const response = await handle(request);
    if (response.ok) await limits.succeeded(email, address);
    else if (response.status === 401) await failed('wrong password');
    return response;
  }

  const keys = cacheOf((key) => readApiKey(options.pool, key));
  const sessions = cacheOf(personOfSession);

  return {
    identifyKey: (key) => keys.forceFetch(digest(key), { context: key }),
    async identifySession(cookie, tenantSlug) {
      const person = await sessions.forceFetch(digest(cookie), { context: cookie });
      const identity = identityIn(person, tenantSlug);
      if (identity) return identity;
      const tenantId = tenantSlug && (await findTenantId(options.pool, tenantSlug));
      if (tenantId) await events.notAMember({ userId: person.id, tenantId });
      // A tenant that does not exist gets the same error, which tells nothing about other tenants.
      throw new InterlockError('forbidden', 'You are not a member of this organization.');
    },
    person: (userId) => readPerson(options.pool, userId),
    members: (tenantId) => readMembers(options.pool, tenantId),
    handle,
    signIn,
  };
}

/** By the digest of a credential. Requests that arrive together share one `read`; errors are not cached. */
function cacheOf<T extends object>(read: (credential: string) => Promise<T>): LRUCache<string, T, string> {
  return new LRUCache({
    max: 10_000,
    ttl: cacheMs,
    fetchMethod: (_digest, _stale, { context: credential }) => read(credential),
    // A read that is in progress when the cache is cleared still serves those who wait for it.
    ignoreFetchAbort: true,
  });
}

/** Null when the person is not a member. */
function identityIn(person: Person, slug: string | undefined): Identity | null {
  const tenant = slug ? person.tenants.find((each) => each.slug === slug) : person.tenants[0];
  if (!tenant) return null;
  return {
    tenantId: tenant.id,
    tenantSlug: tenant.slug,
    tenantName: tenant.name,
    actor: { type: 'user', id: person.id, name: person.name },
    roles: tenant.roles,
    person: personOf(person.email),
  };
}

function digest(secret: string): string {
  return createHash('sha256').update(secret).digest('base64url');
}
