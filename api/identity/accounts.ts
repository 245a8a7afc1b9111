import { createHash } from 'node:crypto';
import type pg from 'pg';
import { InterlockError } from '../../shared/pure/error-codes.ts';
import { type Identity, type Role, roles } from '../../shared/pure/roles.ts';
import { type AuthOptions, createAuth } from './auth.ts';
import { assertSameOrigin } from './same-origin.ts';

/** How long a decision about a key or a session is reused: a revoked one works at most this long. */
const cacheMs = 5_000;

export interface Tenant {
  id: string;
  slug: string;
  name: string;
  roles: Role[];
}

export interface Person {
  id: string;
  name: string;
  email: string;
  tenants: Tenant[];
}

/** What of a request tells who is calling. */
export interface Caller {
  method: string;
  headers: Record<string, string | string[] | undefined>;
}

export interface Accounts {
  /**
   * Who is calling: an API key's tenant and roles, or the session's person in the tenant named by `x-tenant`.
   * @returns null when no credential was sent
   * @throws InterlockError `unauthorized` for a bad credential, `forbidden` for a tenant one is no member of
   */
  identify(caller: Caller, tenantSlug?: string): Promise<Identity | null>;
  /** The person behind a user id, with every tenant they may enter. */
  person(userId: string): Promise<Person | null>;
  /** better-auth's own doors under /api/auth. */
  handle(request: Request): Promise<Response>;
}

export function createAccounts(options: AuthOptions): Accounts {
  const auth = createAuth(options);
  const keys = new ExpiringCache<Identity>(cacheMs);
  const sessions = new ExpiringCache<Person>(cacheMs);

  async function identityOfKey(key: string): Promise<Identity> {
    const { valid, key: found } = await auth.api.verifyApiKey({ body: { key } });
    const metadata = found?.metadata as { roles?: unknown } | null | undefined;
    const held = Array.isArray(metadata?.roles)
      ? roles.filter((role) => (metadata.roles as unknown[]).includes(role))
      : [];
    const tenant = valid && found ? await tenantById(options.pool, found.referenceId) : null;
    if (!found || !tenant) throw new InterlockError('unauthorized', 'This API key is not valid.');
    return {
      tenantId: tenant.id,
      tenantSlug: tenant.slug,
      tenantName: tenant.name,
      actor: { type: 'api_key', id: found.id, name: found.name ?? 'API key' },
      roles: held,
    };
  }

  async function personOfSession(headers: Headers): Promise<Person> {
    const session = await auth.api.getSession({ headers });
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
        return keys.get(digest(key), () => identityOfKey(key));
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
    async handle(request) {
      // Whatever changes an account or a session ends what we remember of it.
      if (request.method !== 'GET') sessions.clear();
      return auth.handler(request);
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
  };
}

async function tenantById(pool: pg.Pool, id: string): Promise<Omit<Tenant, 'roles'> | null> {
  const { rows } = await pool.query<Omit<Tenant, 'roles'>>(
    'SELECT id, slug, name FROM auth.organization WHERE id = $1',
    [id],
  );
  return rows[0] ?? null;
}

/** A platform admin enters every tenant; everybody else those they are a member of. */
async function readPerson(pool: pg.Pool, userId: string): Promise<Person | null> {
  const { rows } = await pool.query<{
    name: string;
    email: string;
    platform_admin: boolean | null;
    id: string | null;
    slug: string;
    tenant: string;
    role: string | null;
  }>(
    `SELECT u.name, u.email, u.platform_admin, o.id, o.slug, o.name AS tenant, m.role
     FROM auth."user" u
     LEFT JOIN auth.organization o ON u.platform_admin OR EXISTS (
       SELECT 1 FROM auth.member each WHERE each."userId" = u.id AND each."organizationId" = o.id)
     LEFT JOIN auth.member m ON m."userId" = u.id AND m."organizationId" = o.id
     WHERE u.id = $1 ORDER BY m.role IS NULL, o.name`,
    [userId],
  );
  const first = rows[0];
  if (!first) return null;
  return {
    id: userId,
    name: first.name,
    email: first.email,
    tenants: rows.flatMap((row) => {
      if (!row.id) return [];
      const held = roles.filter((role) => row.role?.split(',').includes(role) && role !== 'platform_admin');
      return [
        {
          id: row.id,
          slug: row.slug,
          name: row.tenant,
          roles: row.platform_admin ? [...held, 'platform_admin' as const] : held,
        },
      ];
    }),
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

/** Remembers answers for a short while; many who ask at once share one question. Errors are not remembered. */
class ExpiringCache<T> {
  readonly #entries = new Map<string, { value: Promise<T>; until: number }>();
  readonly #ttlMs: number;

  constructor(ttlMs: number) {
    this.#ttlMs = ttlMs;
  }

  get(key: string, load: () => Promise<T>): Promise<T> {
    const now = performance.now();
    const known = this.#entries.get(key);
    if (known && known.until > now) return known.value;
    if (this.#entries.size >= 10_000) this.#entries.clear();
    const value = load();
    this.#entries.set(key, { value, until: now + this.#ttlMs });
    value.catch(() => {
      if (this.#entries.get(key)?.value === value) this.#entries.delete(key);
    });
    return value;
  }

  clear(): void {
    this.#entries.clear();
  }
}
