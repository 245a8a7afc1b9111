import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

const script = fileURLToPath(new URL('watchdog-process.ts', import.meta.url));
let watchdog: ChildProcess | undefined;

/** From now on the process group `pid` ends with this process, even if this one gets SIGKILL. */
export function guardProcessGroup(pid: number, signal: NodeJS.Signals): void {
  send(`+ ${pid} ${signal}\n`);
}

/** The group has ended; its pid may soon belong to another process. */
export function unguardProcessGroup(pid: number): void {
  send(`- ${pid}\n`);
}

/** Ends the watchdog; with nothing listed it only exits. */
export async function closeWatchdog(): Promise<void> {
  const closing = watchdog;
  watchdog = undefined;
  if (!closing || closing.exitCode !== null) return;
  const exited = once(closing, 'exit');
  closing.ref();
  closing.stdin?.end();
  await exited;
}

function send(line: string): void {
  watchdog ??= startWatchdog();
  watchdog.stdin?.write(line);
}

function startWatchdog(): ChildProcess {
  const child = spawn(process.execPath, [script], { detached: true, stdio: ['pipe', 'ignore', 'ignore'] });
  // Neither it nor its pipe keeps this process alive; the pipe closing is the whole signal.
  child.unref();
  (child.stdin as unknown as { unref(): void }).unref();
  child.stdin.on('error', () => {});
  child.on('error', () => {});
  return child;
}
