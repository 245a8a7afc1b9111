import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { v7 as uuidv7 } from 'uuid';
import { inject } from 'vitest';
import { compose, createFoundation } from '../../api/compose.ts';
import { createMetrics, mainReaders } from '../../api/metrics.ts';
import { buildServer } from '../../api/server.ts';
import type { Services } from '../../api/services.ts';
import { freePort } from '../../dev/free-port.ts';
import { type Role, roles } from '../../shared/identity/roles.ts';
import { type Auth, createAuth } from '../../shared/identity/server/auth.ts';
import { seedIdentity } from '../../shared/identity/server/seed-identity.ts';
import { readEnvironment } from '../../shared/platform/server/environment.ts';
import { createLogger } from '../../shared/platform/server/logger.ts';
import type { ExecutionWorkerOptions } from '../../worker/start-worker.ts';
import { connectTestTemporal } from './connect-test-temporal.ts';

export interface ApiResponse {
  status: number;
  headers: Headers;
  // biome-ignore lint/suspicious/noExplicitAny: tests read responses of many shapes
  body: any;
}

/** Calls one endpoint: `as(key)('POST', '/api/tools', {...})`. */
export type Call = (
  method: string,
  path: string,
  body?: unknown,
  headers?: Record<string, string>,
) => Promise<ApiResponse>;

/** The cookies that a response sets, as the header of the next request. */
export const cookieOf = (headers: Headers): string =>
  headers
    .getSetCookie()
    .map((cookie) => cookie.split(';')[0])
    .join('; ');

/** The paths of the problems in an error response. */
export const issuePaths = ({ body }: ApiResponse): string[] =>
  body.error.issues.map((issue: { path: string }) => issue.path);

export interface TestTenant {
  id: string;
  slug: string;
  /** An API key for each role, and a person who is accountable for it, has the same role and cannot sign in. */
  keys: Record<Role, string>;
  /** A caller for each role. */
  as: Record<Role, Call>;
  /** Of a person who can sign in: tenant_admin here. */
  email: string;
  password: string;
}

export interface TestApi {
  url: string;
  services: Services;
  taskQueue: string;
  call(key: string | null): Call;
  /** Signs a person in from the public origin. */
  signIn(email: string, password: string): Promise<ApiResponse>;
  /** Creates an organization with a key for each role and one person. */
  tenant(options?: { privateHosts?: string[] }): Promise<TestTenant>;
  close(): Promise<void>;
}

/** Of every person that a test creates. */
export const testPassword = 'correct horse battery';
export const testAuthSecret = 'a secret for tests, of sufficient length';

/**
 * A whole API with its own port, worker and task queue, on the PostgreSQL and Temporal of this test run.
 * @param options.worker false: nothing is executed
 */
export async function startTestApi(
  options: {
    worker?: boolean;
    reconcile?: boolean;
    /** Workflow code other than that of this version. */
    workflowBundle?: ExecutionWorkerOptions['workflowBundle'];
    env?: Record<string, string>;
    /** The keys of its vault, as INTERLOCK_VAULT_KEYS, so that a worker process can open what it seals. Default: its own. */
    vaultKeys?: string;
    temporalAddress?: string;
    namespace?: string;
    databaseUrl?: string;
    /** Of the keys that a key management service unwraps. */
    now?: () => number;
    /** Folder of built pages to serve. */
    webDist?: string;
    /** Its public URL is its own address, as clients that find their way by it need. */
    ownAddress?: boolean;
    /** Receives every log line, of every level. */
    onLog?: (line: string) => void;
  } = {},
): Promise<TestApi> {
  const servers = inject('servers');
  const taskQueue = `test-${uuidv7()}`;
  const dir = mkdtempSync(join(tmpdir(), 'interlock-test-'));
  // A page may only write from the public origin of its API.
  const own = options.webDist !== undefined || options.ownAddress === true;
  const port = own ? await freePort('the test API', 0) : 0;
  const environment = readEnvironment({
    DATABASE_URL: options.databaseUrl ?? servers.databaseUrl,
    INTERLOCK_AUTH_SECRET: testAuthSecret,
    INTERLOCK_ALLOW_PRIVATE_HOSTS: 'true',
    INTERLOCK_TEMPORAL_UI_URL: servers.temporalUiUrl,
    INTERLOCK_TASK_QUEUE: taskQueue,
    INTERLOCK_LOG_LEVEL: process.env.TEST_LOG_LEVEL ?? 'silent',
    ...(own && { INTERLOCK_PUBLIC_URL: `http://127.0.0.1:${port}` }),
    ...options.env,
  });
  const log = options.onLog
    ? createLogger('trace', {}, { write: options.onLog })
    : createLogger(environment.INTERLOCK_LOG_LEVEL);
  const foundation = await createFoundation(environment, log, {
    keys: {
      file: join(dir, 'keys.json'),
      ...(options.vaultKeys && { env: { INTERLOCK_VAULT_KEYS: options.vaultKeys } }),
      ...(options.now && { now: options.now }),
    },
  });
  const temporal = await connectTestTemporal(
    options.temporalAddress ?? servers.temporalAddress,
    options.namespace,
  );
  const composition = compose(foundation, temporal);
  if (options.worker ?? true)
    await composition.startWorker({
      drainMs: 500,
      reconcile: options.reconcile ?? false,
      workflowBundle: options.workflowBundle,
    });
  const { services } = composition;
  const server = await buildServer({
    log,
    accounts: foundation.accounts,
    services: () => services,
    publicUrl: environment.publicUrl,
    metrics: createMetrics('test', 200),
    metricsReaders: mainReaders(environment),
    allowedHosts: environment.INTERLOCK_ALLOWED_HOSTS,
    webDist: options.webDist ?? null,
    trustedProxies: environment.INTERLOCK_TRUSTED_PROXIES,
  });
  const url = await server.listen({ host: '127.0.0.1', port });

  const call = (key: string | null) => callerOf(url, key);

  return {
    url,
    services,
    taskQueue,
    call,
    signIn: (email, password) =>
      call(null)('POST', '/api/auth/sign-in/email', { email, password }, { origin: environment.publicUrl }),
    async tenant({ privateHosts = [] } = {}) {
      const slug = `t-${uuidv7()}`;
      const email = `${slug}@example.test`;
      const auth = withHashesOnce(createAuth(foundation.authOptions));
      const seeded = await seedIdentity(auth, {
        tenants: [{ slug, name: slug }],
        users: [
          {
            email,
            name: 'Ana Admin',
            password: testPassword,
            memberships: [{ tenant: slug, roles: ['tenant_admin'] }],
          },
        ],
      });
      const { apiKeys } = await seedIdentity(auth, {
        tenants: [{ slug, name: slug }],
        users: [],
        apiKeys: await Promise.all(
          roles.map(async (role) => ({
            tenant: slug,
            name: `${role} key`,
            roles: [role],
            ...(role !== 'platform_admin' && {
              createdBy: await addMember(auth, seeded.tenants[slug]!, role),
            }),
          })),
        ),
      });
      const keys = Object.fromEntries(roles.map((role, index) => [role, apiKeys[index]!.key])) as Record<
        Role,
        string
      >;
      const as = Object.fromEntries(roles.map((role) => [role, call(keys[role])])) as Record<Role, Call>;
      if (privateHosts.length > 0) await as.tenant_admin('PUT', '/api/settings/egress', { privateHosts });
      return { id: seeded.tenants[slug]!, slug, keys, as, email, password: testPassword };
    },
    async close() {
      await server.close();
      await composition.stop();
      await foundation.db.close();
    },
  };
}

/** Calls the API at `url` with a key, or as a stranger. */
export const callerOf =
  (url: string, key: string | null): Call =>
  async (method, path, body, headers = {}) => {
    const response = await fetch(url + path, {
      method,
      headers: {
        ...(key ? { authorization: `Bearer ${key}` } : {}),
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...headers,
      },
      ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
    });
    const text = await response.text();
    const json = /\bjson\b/.test(response.headers.get('content-type') ?? '') && text !== '';
    return { status: response.status, headers: response.headers, body: json ? JSON.parse(text) : text };
  };

const hashes = new Map<string, Promise<string>>();

/** Hashing a password takes 80 ms of a core: here once for each that tests give to people. */
function withHashesOnce(auth: Auth): Auth {
  const context = auth.$context.then((found) => {
    const hash = (password: string) => {
      const known = hashes.get(password) ?? found.password.hash(password);
      hashes.set(password, known);
      return known;
    };
    return { ...found, password: { ...found.password, hash } };
  });
  return { ...auth, $context: context };
}

/** Adds a member without a password. @returns `operator@<tenant id>.test` */
async function addMember(auth: Auth, tenantId: string, role: Role): Promise<string> {
  const { adapter } = await auth.$context;
  const email = `${role}@${tenantId}.test`;
  const now = new Date();
  const user = await adapter.create<Record<string, unknown>, { id: string }>({
    model: 'user',
    data: { email, name: `${role} person`, emailVerified: true, createdAt: now, updatedAt: now },
  });
  await adapter.create({
    model: 'member',
    data: { organizationId: tenantId, userId: user.id, role, createdAt: now },
  });
  return email;
}
