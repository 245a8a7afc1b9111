import { fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { compose, createFoundation } from '../../api/compose.ts';
import { readEnvironment } from '../../shared/platform/server/environment.ts';
import { createLogger } from '../../shared/platform/server/logger.ts';
import { connectTemporal } from '../../shared/platform/server/temporal/connect.ts';

export interface WorkerProcess {
  /** On SIGTERM it finishes its running work and exits. */
  kill(signal: NodeJS.Signals): void;
  exited: Promise<unknown>;
}

/** Starts an execution worker in a process of its own, to be killed or frozen. With `TEST_SWEEPS`, it runs the sweeps too. */
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
  const foundation = await createFoundation(readEnvironment(), createLogger('silent'));
  const composition = compose(foundation, await connectTemporal());
  await composition.startWorker({ reconcile: process.env.TEST_SWEEPS === 'true' });
  process.once('SIGTERM', async () => {
    await composition.stop();
    await foundation.db.close();
    process.exit(0);
  });
  // Left over by a test that has failed, it would keep the run from ending.
  process.once('disconnect', () => process.exit(1));
  process.send?.('ready');
}
