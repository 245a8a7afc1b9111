import { setTimeout as sleep } from 'node:timers/promises';
import { errorMessage } from '../shared/platform/error-message.ts';
import { type Child, startChild } from './child-process.ts';
import { complain, say } from './say.ts';
import { responds, waitUntil } from './wait-until.ts';

export interface AppOptions {
  /** The script that the process runs. */
  script: string;
  env: NodeJS.ProcessEnv;
  cwd: string;
  logFile: string;
  /** Responds with 200 once the application is ready; null for a process that does not listen (a worker alone). */
  readyUrl: string | null;
}

/** When it ends unexpectedly more often than this, the whole stack stops. */
const restarts = { count: 3, windowMs: 60_000 };

/**
 * Starts the application and waits until it is ready. When it ends unexpectedly later, it is started again: its
 * work is in PostgreSQL and Temporal.
 * @param onFailure called once when it keeps ending, with a message for the person
 */
export async function startApp(options: AppOptions, onFailure: (message: string) => void): Promise<void> {
  const child = start(options);
  await ready(options, child);
  void supervise(options, child, onFailure);
}

function start(options: AppOptions): Child {
  return startChild({
    name: 'Interlock',
    command: process.execPath,
    args: [options.script],
    cwd: options.cwd,
    env: options.env,
    logFile: options.logFile,
    // Calls in progress may finish.
    stopDeadlineMs: 20_000,
  });
}

function ready({ readyUrl }: AppOptions, child: Child): Promise<void> {
  const check = async () => (readyUrl ? responds(readyUrl) : child.lastLines().includes('"msg":"Ready"'));
  return waitUntil('Interlock', child, check, { deadlineMs: 120_000 });
}

async function supervise(
  options: AppOptions,
  first: Child,
  onFailure: (message: string) => void,
): Promise<void> {
  const deaths: number[] = [];
  let child = first;
  try {
    for (;;) {
      const exit = await child.exited;
      if (child.stopping) return;
      complain(`Interlock ended unexpectedly (${exit.reason}); starting it again.\n${child.lastLines(5)}`);
      deaths.push(performance.now());
      const recent = deaths.filter((time) => performance.now() - time < restarts.windowMs);
      if (recent.length > restarts.count) return onFailure(`Interlock keeps ending.\n${child.lastLines()}`);
      await sleep(500 * recent.length);
      child = start(options);
      await ready(options, child);
      say('Interlock is running again.');
    }
  } catch (error) {
    if (!child.stopping) onFailure(errorMessage(error));
  }
}
