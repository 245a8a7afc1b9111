import { mkdirSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { databaseUrlsFrom, passwordsFrom } from '../shared/platform/db/logins.ts';
import { migrate } from '../shared/platform/db/migrate.ts';
import { errorMessage } from '../shared/platform/error-message.ts';
import { hostAndPort } from '../shared/platform/server/egress/guarded-connector.ts';
import { startApp } from './app-process.ts';
import { buildWeb, webDist } from './build-web.ts';
import { type Child, killAllChildren, runToEnd, startChild, stopAllChildren } from './child-process.ts';
import { readDemoState } from './demo-data/demo-state.ts';
import { demoSignIns, demoUsers } from './demo-data/people.ts';
import { startDemoDatabase } from './demo-services/demo-database.ts';
import { writeDevJson } from './dev-json.ts';
import { startEmbeddedPostgres } from './embedded-postgres.ts';
import { acquireLock, type Lock } from './lock.ts';
import { outsideServers } from './outside-servers.ts';
import { logDir, projectRoot, stateDir } from './paths.ts';
import { choosePorts } from './ports.ts';
import { openPrivateFolder } from './private-folder.ts';
import { refuseDemoElsewhere } from './refuse-demo-elsewhere.ts';
import { registerSearchAttributes, searchAttributeFlags } from './register-search-attributes.ts';
import { complain, say, since } from './say.ts';
import { readSecrets } from './secrets.ts';
import { printSummary } from './summary.ts';
import { findTemporalCli, startTemporalServer, withoutTemporalSettings } from './temporal-server.ts';
import { responds, waitUntil } from './wait-until.ts';
import { closeWatchdog } from './watchdog.ts';

// Runs the whole stack on one machine: embedded or outside servers, the application, demo services and demo data.

const started = performance.now();
const { values: flags } = parseArgs({
  options: { reset: { type: 'boolean', default: false }, 'no-demo': { type: 'boolean', default: false } },
});
const demo = !flags['no-demo'];
const inState = (name: string) => join(stateDir, name);
const devJsonFile = inState('dev.json');
const demoStateFile = inState('demo.json');

if (demo) refuseDemoElsewhere();
openPrivateFolder(stateDir, inState('postgres'), inState('demo-shop'));
const lock = takeLock();
let ending = false;
let firstSignalAt = 0;
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => onSignal(signal));
// The bootstrap process ended without a signal.
process.on('disconnect', () => void end(0));
process.on('uncaughtException', (error) => void end(1, error.stack));
process.on(
  'unhandledRejection',
  (error) => void end(1, error instanceof Error ? error.stack : String(error)),
);

try {
  await start();
} catch (error) {
  await end(1, errorMessage(error));
}

async function start(): Promise<void> {
  const outside = outsideServers();
  if (flags.reset) reset(outside.databaseUrl !== null || outside.temporalAddress !== null);
  rmSync(logDir, { recursive: true, force: true });
  rmSync(devJsonFile, { force: true });
  mkdirSync(logDir, { recursive: true });
  const secrets = readSecrets(inState('secrets.json'));
  const ports = await choosePorts(inState('ports.json'), {
    log: say,
    wanted: [
      'app',
      'demo',
      'demoMail',
      'ownMail',
      ...(demo ? (['demoShop'] as const) : []),
      ...(outside.databaseUrl ? [] : (['postgres'] as const)),
      ...(outside.temporalAddress
        ? []
        : (['temporal', 'temporalUi', 'temporalHttp', 'temporalMetrics'] as const)),
    ],
  });
  const appUrl = process.env.INTERLOCK_PUBLIC_URL ?? `http://127.0.0.1:${ports.app}`;
  const demoUrl = `http://127.0.0.1:${ports.demo}`;
  const temporalHttpUrl = outside.temporalAddress
    ? outside.temporalHttpUrl
    : `http://127.0.0.1:${ports.temporalHttp}`;
  const reservedHosts = [
    ...(temporalHttpUrl ? [hostAndPort(new URL(temporalHttpUrl))] : []),
    ...(outside.temporalAddress ? [] : [`127.0.0.1:${ports.temporalMetrics}`]),
  ];
  say('Starting …');

  const [database, temporal] = await all([
    outside.databaseUrl ? useDatabase(outside.databaseUrl) : embeddedDatabase(),
    outside.temporalAddress ? useTemporal(outside.temporalAddress) : embeddedTemporal(),
    demoServices(),
    buildWeb(),
  ]);

  const environment: NodeJS.ProcessEnv = {
    ...(outside.temporalAddress ? process.env : withoutTemporalSettings()),
    NODE_ENV: process.env.NODE_ENV ?? 'development',
    DATABASE_URL: database.urls.app,
    INTERLOCK_SYSTEM_DATABASE_URL: database.urls.system,
    INTERLOCK_AUTH_DATABASE_URL: database.urls.auth,
    ...(!outside.temporalAddress && { TEMPORAL_ADDRESS: temporal.address, TEMPORAL_NAMESPACE: 'default' }),
    INTERLOCK_PORT: String(ports.app),
    INTERLOCK_PUBLIC_URL: appUrl,
    INTERLOCK_WEB_DIST: webDist,
    INTERLOCK_AUTH_SECRET: secrets.authSecret,
    INTERLOCK_VAULT_KEYS_FILE: process.env.INTERLOCK_VAULT_KEYS_FILE ?? inState('vault-keys.json'),
    INTERLOCK_AUDIT_HEADS: process.env.INTERLOCK_AUDIT_HEADS ?? inState('audit-heads'),
    ...(temporal.uiUrl && { INTERLOCK_TEMPORAL_UI_URL: temporal.uiUrl }),
    // A port of its own: no tool reaches the server of the deployment's mail.
    ...(demo &&
      !process.env.INTERLOCK_SMTP_URL && {
        INTERLOCK_SMTP_URL: `smtp://127.0.0.1:${ports.ownMail}`,
        INTERLOCK_MAIL_FROM: 'Interlock <interlock@demo.example>',
      }),
    INTERLOCK_ALLOW_PRIVATE_HOSTS: process.env.INTERLOCK_ALLOW_PRIVATE_HOSTS ?? 'true',
    INTERLOCK_RESERVED_HOSTS: [process.env.INTERLOCK_RESERVED_HOSTS, ...reservedHosts].filter(Boolean).join(),
    ...(demo && {
      INTERLOCK_DEMO_ACCOUNTS: process.env.INTERLOCK_DEMO_ACCOUNTS ?? JSON.stringify(demoSignIns()),
    }),
  };
  const roles = (process.env.INTERLOCK_ROLES ?? 'api,worker,web').split(',').map((role) => role.trim());
  const localUrl = `http://127.0.0.1:${ports.app}`;
  await startApp(
    {
      script: join(projectRoot, 'api/main.ts'),
      env: environment,
      cwd: projectRoot,
      logFile: log('interlock'),
      readyUrl: roles.includes('api') ? `${localUrl}/readyz` : roles.includes('web') ? localUrl : null,
    },
    (message) => void end(1, message),
  );
  const demoEnvironment = {
    ...environment,
    INTERLOCK_API_URL: localUrl,
    INTERLOCK_DEMO_URL: demoUrl,
    INTERLOCK_DEMO_MAIL: `127.0.0.1:${ports.demoMail}`,
    INTERLOCK_DEMO_SHOP: `127.0.0.1:${ports.demoShop}`,
    ...(temporalHttpUrl && { INTERLOCK_TEMPORAL_HTTP_URL: temporalHttpUrl }),
  };
  if (demo) void demoShop(ports.demoShop);
  if (demo && roles.includes('api')) await loadDemoData(demoEnvironment);

  const urls = {
    apiUrl: localUrl,
    webUrl: appUrl,
    temporalUiUrl: temporal.uiUrl,
    temporalAddress: temporal.address,
    temporalHttpUrl,
    demoServicesUrl: demoUrl,
  };
  writeDevJson(devJsonFile, {
    ...urls,
    databaseUrl: database.adminUrl,
    users: demo ? demoUsers() : [],
    apiKeys: demo ? readDemoState(demoStateFile).apiKeys : {},
  });
  lock.setUrl(appUrl);
  printSummary(urls, since(started), { demo });

  async function embeddedDatabase() {
    const begun = performance.now();
    const server = await startEmbeddedPostgres({
      dataDir: inState('postgres'),
      port: ports.postgres,
      logFile: log('postgres'),
      log: say,
    });
    watch(server.child);
    say(`PostgreSQL listens on 127.0.0.1:${ports.postgres} (${since(begun)}).`);
    return useDatabase(server.adminUrl);
  }

  async function useDatabase(adminUrl: string) {
    const begun = performance.now();
    const migrated = await migrate(adminUrl, {
      passwords: passwordsFrom(secrets.appPassword),
      // No one else uses the embedded server.
      retireSharedLogins: outside.databaseUrl === null,
    });
    say(`The database is up to date (${since(begun)}).`);
    return { adminUrl, urls: databaseUrlsFrom(migrated.appUrl) };
  }

  async function embeddedTemporal() {
    const cli = await findTemporalCli({ log: say });
    const begun = performance.now();
    const server = await startTemporalServer({
      cli,
      port: ports.temporal,
      uiPort: ports.temporalUi,
      httpPort: ports.temporalHttp,
      metricsPort: ports.temporalMetrics,
      dbFilename: inState('temporal/temporal.db'),
      searchAttributes: searchAttributeFlags,
      logFile: log('temporal'),
    });
    watch(server.child);
    say(`Temporal listens on ${server.address} (${since(begun)}).`);
    return { address: server.address, uiUrl: server.uiUrl };
  }

  async function useTemporal(address: string) {
    await registerSearchAttributes(say);
    say(`Using Temporal at ${address}.`);
    return { address, uiUrl: outside.temporalUiUrl };
  }

  async function demoServices() {
    const child = startChild({
      name: 'The demo services',
      command: process.execPath,
      args: [join(projectRoot, 'dev/demo-services/main.ts')],
      env: {
        ...process.env,
        INTERLOCK_DEMO_PORT: String(ports.demo),
        INTERLOCK_DEMO_MAIL_PORTS: `${ports.demoMail},${ports.ownMail}`,
        INTERLOCK_DEMO_STATE: inState('demo-services.json'),
        ...(temporalHttpUrl && { INTERLOCK_TEMPORAL_HTTP_URL: temporalHttpUrl }),
      },
      logFile: log('demo-services'),
    });
    await waitUntil('The demo services', child, () => responds(`${demoUrl}/healthz`));
    watch(child);
  }
}

/** The pages do not wait for it. Without it, the tools that ask it say that it cannot be reached. */
async function demoShop(port: number): Promise<void> {
  const begun = performance.now();
  try {
    await startDemoDatabase({ dataDir: inState('demo-shop'), port, logFile: log('demo-shop') });
    say(`The demo database listens on 127.0.0.1:${port} (${since(begun)}).`);
  } catch (error) {
    if (!ending) complain(`The demo database was not started. ${errorMessage(error)}`);
  }
}

/** The stack works without it, so a failure is only logged; the next start continues where it ended. */
async function loadDemoData(env: NodeJS.ProcessEnv): Promise<void> {
  const begun = performance.now();
  if (!readDemoState(demoStateFile).complete) say('Loading demo data and running its history …');
  try {
    await runToEnd({
      name: 'Loading the demo data',
      command: process.execPath,
      args: [join(projectRoot, 'dev/demo-data/main.ts'), demoStateFile],
      env,
      cwd: projectRoot,
      logFile: log('demo-data'),
    });
    say(`The demo data is loaded (${since(begun)}).`);
  } catch (error) {
    if (!ending) complain(errorMessage(error));
  }
}

/** Everything at once; the first failure is reported and ends the start. */
async function all<A, B>(work: [Promise<A>, Promise<B>, ...Promise<unknown>[]]): Promise<[A, B]> {
  const [first, second] = await Promise.all(work);
  return [first, second];
}

/** A server that ends by itself ends the stack: nothing works without it. */
function watch(child: Child): void {
  void child.exited.then((exit) => {
    if (!child.stopping)
      void end(1, `${child.name} ended unexpectedly (${exit.reason}).\n${child.lastLines()}`);
  });
}

function log(name: string): string {
  return join(logDir, `${name}.log`);
}

function takeLock(): Lock {
  const result = acquireLock(inState('lock'));
  if (result.held) return result.lock;
  const { pid, url } = result.holder;
  complain(
    url
      ? `Interlock is already running at ${url} (pid ${pid}). Stop it with Ctrl-C there, or: kill ${pid}`
      : `Interlock is already being started here (pid ${pid}).`,
  );
  process.exit(1);
}

function reset(outside: boolean): void {
  for (const name of readdirSync(stateDir)) {
    if (name !== 'lock') rmSync(inState(name), { recursive: true, force: true });
  }
  say(`Starting over: ${stateDir} is empty.${outside ? ' Outside servers keep what they have.' : ''}`);
}

/** One Ctrl-C may arrive several times (terminal, npm); a second one, later, means "now". */
function onSignal(signal: NodeJS.Signals): void {
  const now = performance.now();
  if (firstSignalAt === 0) {
    firstSignalAt = now;
    void end(0);
  } else if (signal === 'SIGINT' && now - firstSignalAt > 1000) {
    complain('Killing what is left.');
    killAllChildren();
  }
}

async function end(code: number, message?: string): Promise<void> {
  if (ending) return;
  ending = true;
  if (message) complain(`\n${message}`);
  say('\nStopping …');
  // The file says what is running: now nothing is.
  rmSync(devJsonFile, { force: true });
  await stopAllChildren(say);
  await closeWatchdog();
  lock.release();
  process.exit(code);
}
