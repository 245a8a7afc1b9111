import { setTimeout as sleep } from 'node:timers/promises';
import { registerSearchAttributes } from '../shared/executions/server/register-search-attributes.ts';
import { assertDemoAllowed } from '../shared/identity/server/assert-demo-allowed.ts';
import type { Database } from '../shared/platform/db/database.ts';
import { isDatabaseUnavailable } from '../shared/platform/db/database-errors.ts';
import { poolSizes } from '../shared/platform/db/pool-sizes.ts';
import {
  type Environment,
  readEnvironment,
  readServerEnvironment,
  servesPagesOnly,
} from '../shared/platform/server/environment.ts';
import { closeIsolates } from '../shared/platform/server/isolates/isolated.ts';
import { createLogger } from '../shared/platform/server/logger.ts';
import {
  connectTemporalLater,
  connectTemporalWithRetry,
} from '../shared/platform/server/temporal/connect.ts';
import { startTracing } from '../shared/platform/server/tracing/start-tracing.ts';
import { withDatabaseRetry } from '../shared/platform/server/with-database-retry.ts';
import { warmUpCode } from '../shared/tools/server/warm-up-code.ts';
import { createApp } from './app.ts';
import { registerCollectors } from './collectors.ts';
import { checkKeys, compose, composeServices, createFoundation, type Foundation } from './compose.ts';
import { createDrain } from './drain.ts';
import { registerHealth } from './health.ts';
import { createMetrics, mainReaders } from './metrics.ts';
import { programVersion } from './program-version.ts';
import type { WorkerState } from './readiness.ts';
import { buildServer } from './server.ts';
import type { Services } from './services.ts';
import { buildWebServer } from './web-server.ts';

// One process of Interlock. INTERLOCK_ROLES says which of api, worker and web it is. What it consists of: compose.ts.

const environment = servesPagesOnly() ? null : readEnvironment();
const server = environment ?? readServerEnvironment();
const roles = new Set(server.INTERLOCK_ROLES);
const log = createLogger(server.INTERLOCK_LOG_LEVEL, { roles: [...roles].join(',') });
const stopping = new AbortController();
const drain = createDrain();
const metrics = createMetrics(programVersion);
const tracing = startTracing(server, programVersion, log);
const { INTERLOCK_ALLOWED_HOSTS: allowedHosts } = server;
const listenOn = { host: server.INTERLOCK_HOST, port: server.INTERLOCK_PORT };
/** Run from last to first. */
const cleanups: (() => Promise<unknown>)[] = [];
/**
 * The worker goes on while requests wait for what it does: without it they would get a 202, or wait for another process. Once
 * it has stopped, few are left. A web server waits for responses of the API.
 */
const [requestsMs, apiDrainMs, webDrainMs] = [5_000, 3_000, 15_000];
/** After what a start does, and what has waited for it. */
const warmUpDelayMs = 10_000;
/** Null until the worker of this process has started. */
let services: Services | null = null;
let demoAccounts: string | null = null;
let workerState: WorkerState = 'none';

for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => void stop(0));
process.on('unhandledRejection', (error) => {
  log.fatal({ err: error }, 'An unexpected rejection ends this process');
  void stop(1);
});

try {
  await start();
} catch (error) {
  if (!stopping.signal.aborted) {
    log.fatal({ err: error }, 'Interlock could not start');
    await stop(1);
  }
}

async function start(): Promise<void> {
  if (roles.has('web') && !roles.has('api')) await servePages();
  if (environment) await startParts(environment);
}

/** Pages without the API, which another process serves. */
async function servePages(): Promise<void> {
  if (!server.INTERLOCK_API_URL)
    throw new Error('The web role without the api role needs INTERLOCK_API_URL.');
  const web = await buildWebServer(server, log, server.INTERLOCK_API_URL, { drain, metrics });
  cleanups.push(async () => {
    await drain.idle(webDrainMs);
    await web.close();
  });
  await web.listen(listenOn);
  log.info(`Serving the page on ${server.publicUrl}`);
}

/** The API, the worker, or both. */
async function startParts(environment: Environment): Promise<void> {
  const foundation = await createFoundation(environment, log, {
    maxConnections: poolSizes(roles.has('worker'), environment.INTERLOCK_DATABASE_CONNECTIONS).app,
  });
  cleanups.push(() => foundation.db.close());
  const keysChecked = await keysAreChecked(foundation);

  if (roles.has('api')) {
    const starting = composeServices(foundation, connectTemporalLater());
    cleanups.push(() => starting.closeEgress());
    const api = await buildServer({
      log,
      accounts: foundation.accounts,
      services: () => services ?? starting.services,
      ready: () => services,
      worker: () => workerState,
      publicUrl: environment.publicUrl,
      metrics,
      metricsReaders: mainReaders(server),
      allowedHosts,
      webDist: roles.has('web') ? environment.INTERLOCK_WEB_DIST : null,
      ...(environment.INTERLOCK_DEMO_ACCOUNTS && { demoAccounts: () => demoAccounts }),
      drain,
      trustedProxies: environment.INTERLOCK_TRUSTED_PROXIES,
    });
    cleanups.push(async () => {
      await drain.idle(apiDrainMs);
      await api.close();
    });
    await api.listen(listenOn);
    log.info(`Listening on ${listenOn.host}:${listenOn.port}`);
  } else if (!roles.has('web')) {
    // A worker has health checks and metrics only.
    const health = await createApp(log, server.publicUrl, { allowedHosts, drain });
    metrics.watch(health);
    registerCollectors(metrics, readyServices);
    metrics.serve(health, mainReaders(server));
    registerHealth(
      health,
      () => services,
      () => workerState,
    );
    cleanups.push(() => health.close());
    await health.listen(listenOn);
  }

  await listenForMetrics();

  const [temporal] = await Promise.all([
    connectTemporalWithRetry((message) => log.warn(message), stopping.signal),
    admitDemoAccounts(environment, foundation.db),
    keysChecked || withDatabaseRetry(() => checkKeys(foundation)),
  ]);
  const composition = compose(foundation, temporal);
  cleanups.push(
    async () => closeIsolates(),
    () => composition.stop(),
    () => drain.idle(requestsMs),
  );
  await registerSearchAttributes(
    temporal.native.operatorService,
    temporal.namespace,
    (message) => log.warn(message),
    stopping.signal,
  );
  const worker = await composition.startWorker({ reconcile: roles.has('worker') });
  worker.finished.catch((error: unknown) => {
    if (stopping.signal.aborted) return;
    log.fatal({ err: error }, 'The execution worker ended unexpectedly');
    void stop(1);
  });
  workerState = 'running';
  services = composition.services;
  log.info('Ready');
  setTimeout(warmUp, warmUpDelayMs, composition.services).unref();
}

function warmUp({ db }: Services): void {
  if (stopping.signal.aborted) return;
  warmUpCode(db).catch((error: unknown) =>
    log.warn({ err: error }, 'The engines of code tools were not loaded; the first call loads them'),
  );
}

function readyServices(): Services {
  if (!services) throw new Error('This process is starting.');
  return services;
}

/** Before the first request is accepted, unless the database is unavailable: then it is done when it is back. */
async function keysAreChecked(foundation: Foundation): Promise<boolean> {
  try {
    await checkKeys(foundation);
    return true;
  } catch (error) {
    if (!isDatabaseUnavailable(error)) throw error;
    return false;
  }
}

/** The listener of INTERLOCK_METRICS_PORT, which a firewall or a network policy keeps to the scraper. */
async function listenForMetrics(): Promise<void> {
  const { INTERLOCK_METRICS_PORT: port, INTERLOCK_METRICS_HOST: host } = server;
  if (port === undefined) return;
  const readers = mainReaders(server);
  const app = await createApp(log, server.publicUrl, { allowedHosts });
  metrics.serve(app, readers === 'no one' ? 'everyone' : readers, true);
  cleanups.push(() => app.close());
  await app.listen({ host, port });
}

/** Waits for the database; then either the accounts are offered, or the process ends. */
async function admitDemoAccounts(environment: Environment, db: Database): Promise<void> {
  const { INTERLOCK_DEMO_ACCOUNTS: accounts } = environment;
  if (accounts === undefined) return;
  await withDatabaseRetry(() => assertDemoAllowed('INTERLOCK_DEMO_ACCOUNTS are', environment, db));
  demoAccounts = accounts;
}

async function stop(code: number): Promise<void> {
  if (stopping.signal.aborted) return;
  stopping.abort();
  await delayStop(code);
  log.info('Stopping: no new work, work in progress may finish');
  drain.begin();
  workerState = 'stopping';
  for (const cleanup of cleanups.reverse()) {
    await cleanup().catch((error: unknown) => log.warn({ err: error }, 'A part did not stop cleanly'));
  }
  await tracing?.stop();
  process.exit(code);
}

/** Load balancers need a moment to see that this process is not ready. Until then it accepts their requests. */
async function delayStop(code: number): Promise<void> {
  const { stopDelaySeconds: seconds } = server;
  if (code !== 0 || seconds === 0) return;
  drain.announce();
  log.info(`Stopping in ${seconds} s: not ready any more, requests are still served`);
  await sleep(seconds * 1000);
}
