import { createHash } from 'node:crypto';
import { InterlockError } from '../../platform/error-codes.ts';
import { type Identity, personOf } from '../roles.ts';
import { type AuthOptions, createAuth } from './auth.ts';
import type { Caller } from './caller.ts';
import { ExpiringCache } from './expiring-cache.ts';
import { type Member, readMembers } from './members.ts';
import { type Person, readPerson } from './person.ts';
import { readApiKey } from './read-api-key.ts';
import { assertSameOrigin } from './same-origin.ts';

/** How long a decision about a key or a session is reused: a revoked one works at most this long. */
const cacheMs = 5_000;

export interface Accounts {
  /**
   * Who is calling: an API key's tenant and roles, or the session's person in the tenant named by `x-tenant`.
   * @returns null when no credential was sent
   * @throws InterlockError `unauthorized` for a bad credential, `forbidden` for a tenant one is no member of
   */
  identify(caller: Caller, tenantSlug?: string): Promise<Identity | null>;
  /** The person behind a user id, with every tenant they may enter. */
  person(userId: string): Promise<Person | null>;
  /** The people of a tenant, by name. */
  members(tenantId: string): Promise<Member[]>;
  /** better-auth's own doors under /api/auth. */
  handle(request: Request): Promise<Response>;
}

export function createAccounts(options: AuthOptions): Accounts {
  const auth = createAuth(options);
  const keys = new ExpiringCache<Identity>(cacheMs);
  const sessions = new ExpiringCache<Person>(cacheMs);

  /** better-auth hides why it failed; when the database is away, this says so. */
  const ping = () => options.pool.query('SELECT 1');

  async function personOfSession(headers: Headers): Promise<Person> {
    const session = await auth.api.getSession({ headers }).catch(async (error: unknown) => {
      await ping();
      throw error;
    });
    const person = session && (await readPerson(options.pool, session.user.id));
    if (!person) throw new InterlockError('unauthorized', 'Your session has ended. Sign in again.');
    return person;
  }

  return {
    async identify(caller, tenantSlug) {
      const authorization = caller.headers.authorization;
      if (typeof authorization === 'string') {
        const key = /^Bearer\s+(\S+)\s*$/i.exec(authorization)?.[1];
        if (!key)
          throw new InterlockError('unauthorized', 'The Authorization header must be: Bearer <API key>.');
        return keys.get(digest(key), () => readApiKey(options.pool, key));
      }
      const cookie = sessionCookie(caller.headers.cookie);
      if (!cookie) return null;
      assertSameOrigin(caller, options.publicUrl);
      const person = await sessions.get(digest(cookie), () =>
        personOfSession(new Headers({ cookie: [caller.headers.cookie ?? ''].flat().join('; ') })),
      );
      return identityIn(person, tenantSlug ?? headerOf(caller, 'x-tenant'));
    },
    person: (userId) => readPerson(options.pool, userId),
    members: (tenantId) => readMembers(options.pool, tenantId),
    async handle(request) {
      const response = await auth.handler(request);
      // Whatever changes an account or a session ends what we remember of it.
      if (request.method !== 'GET') sessions.clear();
      if (response.status >= 500) await ping();
      return response;
    },
  };
}

function identityIn(person: Person, slug: string | undefined): Identity {
  const tenant = slug ? person.tenants.find((each) => each.slug === slug) : person.tenants[0];
  // The same answer for a tenant that does not exist: it tells nothing about others.
  if (!tenant) throw new InterlockError('forbidden', 'You are not a member of this organisation.');
  return {
    tenantId: tenant.id,
    tenantSlug: tenant.slug,
    tenantName: tenant.name,
    actor: { type: 'user', id: person.id, name: person.name },
    roles: tenant.roles,
    person: personOf(person.email),
  };
}

function sessionCookie(cookies: string | string[] | undefined): string | null {
  const text = Array.isArray(cookies) ? cookies.join('; ') : cookies;
  return /(?:^|;\s*)(?:__Secure-)?interlock\.session_token=([^;]+)/.exec(text ?? '')?.[1] ?? null;
}

function headerOf(caller: Caller, name: string): string | undefined {
  const value = caller.headers[name];
  return Array.isArray(value) ? value[0] : value;
}

function digest(secret: string): string {
  return createHash('sha256').update(secret).digest('base64url');
}
