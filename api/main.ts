import { createExecutor } from '../shared/executions/server/executor.ts';
import { createOutcomes } from '../shared/executions/server/outcomes.ts';
import { registerSearchAttributes } from '../shared/executions/server/register-search-attributes.ts';
import { createAccounts } from '../shared/identity/server/accounts.ts';
import { openDatabase } from '../shared/platform/db/database.ts';
import { readEnvironment } from '../shared/platform/server/environment.ts';
import { loadKeyRing } from '../shared/platform/server/key-ring.ts';
import { createLogger } from '../shared/platform/server/logger.ts';
import { connectTemporalPatiently } from '../shared/platform/server/temporal/connect.ts';
import { createVault } from '../shared/platform/server/vault.ts';
import { createRunService } from '../shared/playbooks/server/run-service.ts';
import { startExecutionWorker } from '../worker/start-worker.ts';
import { createApp } from './app.ts';
import { createDrain } from './drain.ts';
import { registerHealth } from './health.ts';
import { buildServer } from './server.ts';
import type { Services } from './services.ts';
import { buildWebServer } from './web-server.ts';

// One process of Interlock. INTERLOCK_ROLES says which of api, worker and web it is.

const environment = readEnvironment();
const roles = new Set(environment.INTERLOCK_ROLES);
const log = createLogger(environment.INTERLOCK_LOG_LEVEL, { roles: [...roles].join(',') });
const stopping = new AbortController();
const drain = createDrain();
/** Undone from last to first. */
const cleanups: (() => Promise<unknown>)[] = [];
/** Once the worker has stopped there is little left to wait for; a page's server waits for answers of the API. */
const [lastAnswersMs, webDrainMs] = [3_000, 15_000];
let services: Services | null = null;

for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => void stop(0));
process.on('unhandledRejection', (error) => {
  log.fatal({ err: error }, 'An unforeseen rejection ends this process');
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
  const listenOn = { host: environment.INTERLOCK_HOST, port: environment.INTERLOCK_PORT };
  if (roles.has('web') && !roles.has('api')) {
    if (!environment.INTERLOCK_API_URL)
      throw new Error('The web role apart from the API needs INTERLOCK_API_URL.');
    const web = await buildWebServer(environment, log, environment.INTERLOCK_API_URL, drain);
    cleanups.push(async () => {
      await drain.idle(webDrainMs);
      await web.close();
    });
    await web.listen(listenOn);
    if (!roles.has('worker')) return log.info(`The page is served on ${environment.publicUrl}`);
  }

  const db = openDatabase(environment.DATABASE_URL, {
    maxConnections: roles.has('worker') ? 20 : 12,
    log: ({ message }) =>
      log.warn({ reason: message }, 'A database connection broke; the next use opens another'),
  });
  cleanups.push(() => db.close());
  const vault = createVault(await loadKeyRing({}));
  const accounts = createAccounts({
    pool: db.authPool,
    secret: environment.INTERLOCK_AUTH_SECRET,
    publicUrl: environment.publicUrl,
  });

  if (roles.has('api')) {
    const server = await buildServer({
      log,
      accounts,
      services: () => services,
      publicUrl: environment.publicUrl,
      webDist: roles.has('web') ? environment.INTERLOCK_WEB_DIST : null,
      demoAccounts: environment.INTERLOCK_DEMO_ACCOUNTS,
      drain,
    });
    cleanups.push(async () => {
      await drain.idle(lastAnswersMs);
      await server.close();
    });
    await server.listen(listenOn);
    log.info(`Listening on ${listenOn.host}:${listenOn.port}`);
  } else if (!roles.has('web')) {
    // A worker by itself has no doors but those that say how it fares.
    const health = await createApp(log, environment.publicUrl);
    registerHealth(health, () => services);
    cleanups.push(() => health.close());
    await health.listen(listenOn);
  }

  const temporal = await connectTemporalPatiently((message) => log.warn(message), stopping.signal);
  cleanups.push(() => temporal.native.close());
  await registerSearchAttributes(
    temporal.native.operatorService,
    temporal.namespace,
    (message) => log.warn(message),
    stopping.signal,
  );
  const base = {
    environment,
    log,
    db,
    vault,
    temporal: { client: temporal.client, taskQueue: environment.INTERLOCK_TASK_QUEUE },
  };
  const outcomes = createOutcomes();
  // The API process carries an execution worker of its own: what it starts begins here, without a poll.
  const worker = await startExecutionWorker(base, temporal.native, outcomes, {
    reconcile: roles.has('worker'),
  });
  cleanups.push(async () => {
    await worker.stop();
    // Whoever waits for a run that goes on elsewhere is told so.
    outcomes.release();
  });
  worker.finished.catch((error: unknown) => {
    if (stopping.signal.aborted) return;
    log.fatal({ err: error }, 'The execution worker ended by itself');
    void stop(1);
  });
  services = {
    ...base,
    executor: createExecutor(base, outcomes),
    runs: createRunService(base, outcomes),
    accounts,
  };
  log.info('Ready');
}

async function stop(code: number): Promise<void> {
  if (stopping.signal.aborted) return;
  stopping.abort();
  log.info('Stopping: no new work, what is under way may finish');
  drain.begin();
  for (const cleanup of cleanups.reverse()) {
    await cleanup().catch((error: unknown) => log.warn({ err: error }, 'Something did not stop cleanly'));
  }
  process.exit(code);
}
