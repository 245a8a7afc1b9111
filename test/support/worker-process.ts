import { fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { createOutcomes } from '../../shared/executions/server/outcomes.ts';
import { openDatabase } from '../../shared/platform/db/database.ts';
import { readEnvironment } from '../../shared/platform/server/environment.ts';
import { loadKeyRing } from '../../shared/platform/server/key-ring.ts';
import { createLogger } from '../../shared/platform/server/logger.ts';
import { connectTemporal } from '../../shared/platform/server/temporal/connect.ts';
import { createVault } from '../../shared/platform/server/vault.ts';
import { startExecutionWorker } from '../../worker/start-worker.ts';

export interface WorkerProcess {
  kill(signal: NodeJS.Signals): void;
  exited: Promise<unknown>;
}

/** An execution worker in a process of its own, to be killed or frozen. */
export async function startWorkerProcess(env: NodeJS.ProcessEnv): Promise<WorkerProcess> {
  const child = fork(fileURLToPath(import.meta.url), {
    env: { ...process.env, ...env },
    execArgv: [],
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  });
  const exited = once(child, 'exit');
  await Promise.race([
    once(child, 'message'),
    exited.then(() => Promise.reject(new Error('The worker process ended before it was ready'))),
  ]);
  return { kill: (signal) => void child.kill(signal), exited };
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await run();

async function run(): Promise<void> {
  const environment = readEnvironment();
  const { client, native } = await connectTemporal();
  const services = {
    environment,
    log: createLogger('silent'),
    db: openDatabase(environment.DATABASE_URL),
    vault: createVault(await loadKeyRing({})),
    temporal: { client },
  };
  await startExecutionWorker(services, native, createOutcomes(), { reconcile: false });
  process.send?.('ready');
}
