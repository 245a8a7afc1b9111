import { createHash } from 'node:crypto';
import { LRUCache } from 'lru-cache';
import type pg from 'pg';
import { InterlockError } from '../../platform/error-codes.ts';
import { isInRanges } from '../address-ranges.ts';
import { type Actor, type Identity, type KeyDoor, personOf } from '../roles.ts';
import { type AuthOptions, cookiePrefix, createAuth } from './auth.ts';
import { createLastUse, type Use } from './last-use.ts';
import { findMembers, type Member, membersNamed, readMembers } from './members.ts';
import type { MembershipChange } from './oidc/group-roles.ts';
import { createSingleSignOn, type SingleSignOn } from './oidc/sign-in.ts';
import { findAccount, findPendingEmail, findTenantId, type Person, readPerson } from './person.ts';
import { readAccessToken, tokenRefused } from './read-access-token.ts';
import { type ApiKey, readApiKey, readApiKeyById } from './read-api-key.ts';
import { createSignInLimits } from './sign-in-limits.ts';

/** Of a sign-in whose second factor is missing. */
const pendingCookie = new RegExp(`(?:^|;\\s*)(?:__Secure-)?${cookiePrefix}\\.two_factor=([^;]+)`);

/** How long a decision about a key or a session is reused: a revoked one works at most this long. */
const cacheMs = 5_000;

/** How a request came in. */
export interface Via {
  door: KeyDoor;
  /** Of the caller, behind the proxies that are trusted. */
  address: string;
}

export interface Accounts {
  /**
   * The tenant and the roles of an API key.
   * @throws InterlockError `unauthorized`, or `forbidden` for a key that is limited to other doors or addresses, or for
   * which no member is accountable
   */
  identifyKey(key: string, via: Via): Promise<Identity>;
  /**
   * The person for whom an app calls, in the one tenant and with the permissions that they have allowed it.
   * @param resource what the token must have been made for
   * @throws InterlockError `unauthorized`: the token has ended, or its person has left, lost their access or changed how
   * they sign in
   */
  identifyApp(token: string, resource: string, via: Via): Promise<Identity>;
  /**
   * The person of a session, in one of their tenants.
   * @param cookie the session's cookie as `name=value`
   * @param tenantSlug the person's first tenant when it is missing
   * @throws InterlockError `unauthorized`, or `forbidden` when the person is not a member of the tenant
   */
  identifySession(cookie: string, via: Via, tenantSlug?: string): Promise<Identity>;
  /** The person of a session, who may belong to no tenant; null when the session has ended. */
  sessionPerson(cookie: string): Promise<Person | null>;
  /** A person with every tenant that they may enter. */
  person(userId: string): Promise<Person | null>;
  /**
   * Who an actor of a tenant is now, for work that a request of theirs has begun; null when they can no longer act: the
   * person has left, the key was revoked or has expired.
   */
  identityOf(tenantId: string, actor: Actor): Promise<Identity | null>;
  /** The members of a tenant, by name. */
  members(tenantId: string): Promise<Member[]>;
  /** Those whose name or address has a word that begins so. */
  findMembers(tenantId: string, text: string): Promise<Member[]>;
  /** Those with these ids or email addresses. */
  membersNamed(tenantId: string, references: readonly string[]): Promise<Member[]>;
  /**
   * better-auth's own routes under /api/auth, except the sign-ins below.
   * @param told what the audit trail learns when it succeeds
   */
  handle(request: Request, told?: MethodRoute): Promise<Response>;
  /**
   * The sign-in of better-auth, with our limits.
   * @param address of the caller
   * @throws InterlockError `rate_limited` after too many failed sign-ins
   */
  signIn(request: Request, address: string): Promise<Response>;
  /**
   * A new password for the person of a session; every other session of theirs ends.
   * @param cookie as for `identifySession`
   * @throws InterlockError `unauthorized`, or `rate_limited` after too many wrong current passwords
   */
  changePassword(request: Request, cookie: string, address: string): Promise<Response>;
  /** Null: there is none. */
  singleSignOn:
    | (Pick<SingleSignOn, 'name' | 'begin'> & {
        finish(request: Request): Promise<Response>;
        /** As `SingleSignOn.signedOut`. */
        signedOut(logoutToken: string): Promise<void>;
      })
    | null;
  /** The hash of a password as sign-ins compare it; takes some 80 ms. */
  hashPassword(password: string): Promise<string>;
  /** Call it after a change of members, keys or sessions: it has an effect in this process at once. */
  forget(): void;
}

/** How a person signs in. */
export type SignInMethod = 'password' | 'authenticator app' | 'backup code' | 'passkey' | 'single sign-on';

/** A route that ends a sign-in, or changes how a person signs in; `either`: a change if they are signed in. */
export interface MethodRoute {
  method: SignInMethod;
  does: 'sign-in' | 'change' | 'either';
}

interface MethodFact {
  userId: string;
  name: string;
  tenantIds: string[];
  method: SignInMethod;
}

/** What the audit trail records. */
export interface AccountEvents {
  signedIn(fact: MethodFact): Promise<void>;
  /** A person has added, removed or renewed a way to sign in. */
  methodChanged(fact: MethodFact): Promise<void>;
  /** The groups of single sign-on have changed what people may do. */
  membershipsChanged(changes: MembershipChange[]): Promise<void>;
  /** Someone tried to sign in to the account of a member of these tenants. */
  signInFailed(failure: { userId: string; name: string; tenantIds: string[]; reason: string }): Promise<void>;
  /** A person asked for a tenant that they are not a member of. */
  notAMember(refused: { userId: string; tenantId: string }): Promise<void>;
  /** An API key that exists was refused. */
  keyRefused(refused: { identity: Identity; reason: string; via: Via }): Promise<void>;
  /** A person has no access any more at the provider of single sign-on: their apps have none either. */
  appsEnded(ended: EndedApp[]): Promise<void>;
  /** The sessions of a person have ended, because they signed out at the provider of single sign-on. */
  signedOut(fact: Omit<MethodFact, 'method'> & { sessions: number }): Promise<void>;
  /** A person has a new password. */
  passwordChanged(changed: { userId: string; name: string; tenantIds: string[] }): Promise<void>;
}

/** A consent that has ended. */
export interface EndedApp {
  userId: string;
  person: string;
  tenantId: string;
  app: string | null;
}

/** A person, and the session that they call with. */
interface Session {
  id: string;
  person: Person;
}

/** An app, as the person for whom it calls. */
interface AppCaller {
  identity: Identity & Required<Pick<Identity, 'app'>>;
  endsAt: Date;
}

interface AppCredential {
  token: string;
  resource: string;
}

export function createAccounts(
  options: AuthOptions,
  events: AccountEvents,
  log: { warn(details: object, message: string): void },
): Accounts {
  const auth = createAuth(options);
  const { pool } = options;
  const limits = createSignInLimits(pool);
  /** better-auth hides why it failed. This throws the real error when the database is unreachable. */
  const ping = () => pool.query('SELECT 1');
  const singleSignOn = options.oidc
    ? createSingleSignOn({ options, settings: options.oidc, changed: events.membershipsChanged })
    : null;

  const userOf = async (cookie: string) =>
    (await auth.api.getSession({ headers: new Headers({ cookie }) }))?.user;

  const keyUses = createLastUse((uses) =>
    pool.query(
      `UPDATE auth.apikey k SET "lastRequest" = used.at, last_address = used.address FROM ${usesTable} WHERE k.id = used.id`,
      usesValues(uses),
    ),
  );
  const sessionUses = createLastUse((uses) =>
    pool.query(
      `UPDATE auth.session s SET last_seen_at = used.at, "ipAddress" = used.address FROM ${usesTable} WHERE s.id = used.id`,
      usesValues(uses),
    ),
  );

  const appUses = createLastUse((uses) =>
    pool.query(
      `UPDATE auth.oauth_grant g SET last_used_at = used.at, last_address = used.address FROM ${usesTable} WHERE g.id = used.id`,
      usesValues(uses),
    ),
  );

  async function readSession(cookie: string): Promise<Session> {
    const headers = new Headers({ cookie });
    const session = await auth.api.getSession({ headers }).catch(async (error: unknown) => {
      await ping();
      throw error;
    });
    const person = session && (await readPerson(pool, session.user.id));
    if (!person) throw new InterlockError('unauthorized', 'Your session has ended. Sign in again.');
    recheck(person);
    return { id: session.session.id, person };
  }

  /** Beside the request: the provider may be slow, and what it says counts from the next one on. */
  function recheck({ id }: Person): void {
    void singleSignOn
      ?.recheck(id)
      .then(async (stays) => {
        if (stays) return;
        sessions.clear();
        apps.clear();
        await events.appsEnded(await endAppsOf(pool, id));
      })
      .catch((err: unknown) =>
        log.warn({ err }, 'The provider of single sign-on could not be asked; it will be'),
      );
  }

  async function readApp(token: string, resource: string): Promise<AppCaller> {
    const { app, userId, tenantSlug, endsAt } = await readAccessToken(pool, token, resource);
    const person = await readPerson(pool, userId);
    const identity = person && identityIn(person, tenantSlug);
    if (!identity) throw tokenRefused();
    recheck(person);
    return { identity: { ...identity, app }, endsAt };
  }

  /** Whose account it is, with the tenants that hear of it. */
  async function factOf(email: string, method: SignInMethod): Promise<MethodFact | null> {
    const account = await findAccount(pool, email);
    return account && { ...account, method };
  }

  async function handle(request: Request, told?: MethodRoute): Promise<Response> {
    // Read before: the change may end the session.
    const person =
      told && told.does !== 'sign-in' ? await userOf(request.headers.get('cookie') ?? '') : undefined;
    const response = await auth.handler(request);
    // A change of an account or a session must have an effect at once.
    if (request.method !== 'GET') {
      sessions.clear();
      apps.clear();
    }
    if (response.status >= 500) await ping();
    if (!told) return response;
    if (!response.ok) {
      const pending = person ? null : await pendingAccount(request);
      if (pending) await events.signInFailed({ ...pending, reason: 'wrong code' });
      return response;
    }
    if (person) {
      const fact = await factOf(person.email, told.method);
      if (fact) await events.methodChanged(fact);
    } else await tellSignIn(response, told.method);
    return response;
  }

  /** Whose password was right, and whose second factor was not. */
  async function pendingAccount(request: Request): ReturnType<typeof findAccount> {
    const cookie = pendingCookie.exec(request.headers.get('cookie') ?? '')?.[1];
    if (cookie === undefined) return null;
    const [identifier] = decodeURIComponent(cookie).split('.');
    const email = await findPendingEmail(pool, identifier ?? '');
    return email === null ? null : findAccount(pool, email);
  }

  /** A sign-in that has set a session. */
  async function tellSignIn(response: Response, method: SignInMethod): Promise<void> {
    const cookie = response.headers
      .getSetCookie()
      .map((each) => each.split(';')[0])
      .join('; ');
    const user = response.status < 400 ? await userOf(cookie) : undefined;
    const fact = user && (await factOf(user.email, method));
    if (fact) await events.signedIn(fact);
  }

  async function signIn(request: Request, address: string): Promise<Response> {
    const { email } = (await request.clone().json()) as { email?: unknown };
    if (typeof email !== 'string') return handle(request);
    const failed = async (reason: string) => {
      const account = await findAccount(pool, email);
      if (account) await events.signInFailed({ ...account, reason });
    };
    try {
      await limits.attempt(email, address);
    } catch (error) {
      await failed('too many attempts');
      throw error;
    }
    const response = await handle(request);
    if (response.ok) {
      await limits.succeeded(email, address);
      await tellSignIn(response, 'password');
    } else if (response.status === 401) await failed('wrong password');
    return response;
  }

  async function changePassword(request: Request, cookie: string, address: string): Promise<Response> {
    const { person } = await sessions.forceFetch(digest(cookie), { context: cookie });
    const { email } = person;
    // Someone who holds a session without knowing the password must not find it out here.
    await limits.attempt(email, address);
    const response = await handle(request);
    const account = await findAccount(pool, email);
    const { code } = (response.ok ? {} : await response.clone().json()) as { code?: string };
    if (code === 'INVALID_PASSWORD') {
      if (account) await events.signInFailed({ ...account, reason: 'wrong current password' });
      return response;
    }
    await limits.succeeded(email, address);
    if (response.ok && account) await events.passwordChanged(account);
    return response;
  }

  const keys = cacheOf((key) => readApiKey(pool, key));
  const sessions = cacheOf(readSession);
  const apps = cacheOf<AppCaller, AppCredential>(({ token, resource }) => readApp(token, resource));

  return {
    async identifyKey(key, via) {
      const { endsAt, refused, ...identity } = await keys.forceFetch(digest(key), { context: key });
      const refusal = whyRefused({ ...identity, endsAt, refused }, via);
      if (refusal) {
        await events.keyRefused({ identity, reason: refusal.reason, via });
        throw refusal.error;
      }
      keyUses.note(identity.actor.id, via.address);
      return identity;
    },
    async identifyApp(token, resource, via) {
      const { identity, endsAt } = await apps.forceFetch(digest(`${token} ${resource}`), {
        context: { token, resource },
      });
      if (endsAt.getTime() <= Date.now()) throw tokenRefused();
      appUses.note(identity.app.id, via.address);
      return identity;
    },
    async identifySession(cookie, via, tenantSlug) {
      const { id, person } = await sessions.forceFetch(digest(cookie), { context: cookie });
      sessionUses.note(id, via.address);
      const identity = identityIn(person, tenantSlug);
      if (identity) return { ...identity, sessionId: id };
      const tenantId = tenantSlug && (await findTenantId(pool, tenantSlug));
      if (tenantId) await events.notAMember({ userId: person.id, tenantId });
      // A tenant that does not exist gets the same error, which tells nothing about other tenants.
      throw new InterlockError('forbidden', 'You are not a member of this organization.');
    },
    async sessionPerson(cookie) {
      try {
        return (await sessions.forceFetch(digest(cookie), { context: cookie })).person;
      } catch (error) {
        if (error instanceof InterlockError && error.code === 'unauthorized') return null;
        throw error;
      }
    },
    person: (userId) => readPerson(pool, userId),
    identityOf: (tenantId, actor) => identityNow(pool, tenantId, actor),
    members: (tenantId) => readMembers(pool, tenantId),
    findMembers: (tenantId, text) => findMembers(pool, tenantId, text),
    membersNamed: (tenantId, references) => membersNamed(pool, tenantId, references),
    handle,
    signIn,
    changePassword,
    singleSignOn: singleSignOn && {
      ...singleSignOn,
      async finish(request) {
        const { response, userId } = await singleSignOn.finish(request);
        sessions.clear();
        if (userId) await tellSignIn(response, 'single sign-on');
        return response;
      },
      async signedOut(logoutToken) {
        const ended = await singleSignOn.signedOut(logoutToken);
        sessions.clear();
        if (!ended || ended.sessions === 0) return;
        const person = await readPerson(pool, ended.userId);
        const account = person && (await findAccount(pool, person.email));
        if (account) await events.signedOut({ ...account, sessions: ended.sessions });
      },
    },
    hashPassword: async (password) => (await auth.$context).password.hash(password),
    forget() {
      keys.clear();
      sessions.clear();
      apps.clear();
    },
  };
}

async function endAppsOf(pool: pg.Pool, userId: string): Promise<EndedApp[]> {
  const { rows } = await pool.query<{ tenant_id: string; client_name: string | null; person: string }>(
    `UPDATE auth.oauth_grant g SET ended_at = now() FROM auth."user" u
     WHERE g.user_id = $1 AND u.id = g.user_id AND g.ended_at IS NULL
     RETURNING g.tenant_id, g.client_name, u.name AS person`,
    [userId],
  );
  return rows.map((row) => ({ userId, person: row.person, tenantId: row.tenant_id, app: row.client_name }));
}

const usesTable = `unnest($1::text[], $2::text[], $3::timestamptz[]) AS used(id, address, at)`;
const usesValues = (uses: Use[]): unknown[] => [
  uses.map(({ id }) => id),
  uses.map(({ address }) => address),
  uses.map(({ at }) => at),
];

/** Null when the key may be used now, by this door and from this address. */
function whyRefused(
  { endsAt, refused, limits }: ApiKey,
  { door, address }: Via,
): { reason: string; error: InterlockError } | null {
  if (refused === 'revoked')
    return { reason: 'revoked', error: new InterlockError('unauthorized', 'This API key has been revoked.') };
  if (refused === 'no_accountable_member')
    return {
      reason: 'no accountable member',
      error: new InterlockError(
        'forbidden',
        'This API key does not work any more, because no member is accountable for it. Ask a tenant admin for a new one.',
      ),
    };
  if (endsAt && endsAt.getTime() <= Date.now())
    return {
      reason: 'expired',
      error: new InterlockError(
        'unauthorized',
        `This API key expired at ${endsAt.toISOString()}. Ask a tenant admin for a new one.`,
      ),
    };
  if (limits?.doors && !limits.doors.includes(door))
    return {
      reason: 'door',
      error: new InterlockError(
        'forbidden',
        `This API key works for ${limits.doors.join(', ')} only, and this request came by ${door}. Nothing was done.`,
      ),
    };
  if (limits?.addresses && !isInRanges(address, limits.addresses))
    return {
      reason: 'address',
      error: new InterlockError(
        'forbidden',
        `This API key does not work from the address ${address}. Nothing was done.`,
      ),
    };
  return null;
}

/** By the digest of a credential. Requests that arrive together share one `read`; errors are not cached. */
function cacheOf<T extends object, Credential = string>(
  read: (credential: Credential) => Promise<T>,
): LRUCache<string, T, Credential> {
  return new LRUCache({
    max: 10_000,
    ttl: cacheMs,
    fetchMethod: (_digest, _stale, { context: credential }) => read(credential),
    // A read that is in progress when the cache is cleared still serves those who wait for it.
    ignoreFetchAbort: true,
  });
}

async function identityNow(pool: pg.Pool, tenantId: string, actor: Actor): Promise<Identity | null> {
  if (actor.type === 'user') {
    const person = await readPerson(pool, actor.id);
    const slug = person?.tenants.find(({ id }) => id === tenantId)?.slug;
    return person && slug !== undefined ? identityIn(person, slug) : null;
  }
  const key = actor.type === 'api_key' ? await readApiKeyById(pool, actor.id) : null;
  if (!key || key.tenantId !== tenantId || key.refused) return null;
  const { endsAt, refused, ...identity } = key;
  return endsAt && endsAt.getTime() <= Date.now() ? null : identity;
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
