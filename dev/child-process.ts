import { type SpawnOptions, spawn } from 'node:child_process';
import { closeSync, mkdirSync, openSync, readFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { guardProcessGroup, unguardProcessGroup } from './watchdog.ts';

export interface ChildOptions {
  name: string;
  command: string;
  args: readonly string[];
  /** Everything the child writes is appended here. */
  logFile: string;
  cwd?: string;
  env?: NodeJS.ProcessEnv;
  uid?: number;
  gid?: number;
  /** Asks it to end; default SIGTERM. */
  stopSignal?: NodeJS.Signals;
  /** How long it may take to end before SIGKILL, in milliseconds. */
  stopDeadlineMs?: number;
}

export interface ChildExit {
  code: number | null;
  signal: NodeJS.Signals | null;
  /** "exit 1", "SIGKILL", or why it could not be started. */
  reason: string;
}

export interface Child {
  readonly name: string;
  readonly pid: number | undefined;
  readonly ended: ChildExit | undefined;
  /** It was asked to end, alone or with all others. */
  readonly stopping: boolean;
  /** Never rejects. */
  readonly exited: Promise<ChildExit>;
  /** The end of what it wrote, for a message. */
  lastLines(count?: number): string;
  /** Asks its process group to end, and kills it after the deadline. */
  stop(): Promise<ChildExit>;
}

const running = new Set<Child>();
let closed = false;

/** Starts a program in its own process group, which ends with this process, even after SIGKILL. */
export function startChild(options: ChildOptions): Child {
  if (closed) throw new Error(`${options.name} was not started: everything is being stopped.`);
  mkdirSync(dirname(options.logFile), { recursive: true });
  const log = openSync(options.logFile, 'a', 0o600);
  const stopSignal = options.stopSignal ?? 'SIGTERM';
  const spawnOptions: SpawnOptions = {
    cwd: options.cwd,
    env: options.env ?? process.env,
    stdio: ['ignore', log, log],
    detached: true,
    ...(options.uid !== undefined && { uid: options.uid, gid: options.gid }),
  };
  const spawned = spawn(options.command, options.args, spawnOptions);
  closeSync(log);
  const pid = spawned.pid;
  if (pid) guardProcessGroup(pid, stopSignal);

  let ended: ChildExit | undefined;
  let stopping = false;
  const exited = new Promise<ChildExit>((resolve) => {
    spawned.once('error', (error) => resolve({ code: null, signal: null, reason: error.message }));
    spawned.once('exit', (code, signal) => resolve({ code, signal, reason: signal ?? `exit ${code}` }));
  }).then((exit) => {
    ended = exit;
    running.delete(child);
    if (pid) unguardProcessGroup(pid);
    return exit;
  });

  const child: Child = {
    name: options.name,
    pid,
    get ended() {
      return ended;
    },
    get stopping() {
      return stopping || closed;
    },
    exited,
    lastLines: (count = 15) => lastLines(options.logFile, count),
    async stop() {
      stopping = true;
      if (ended || !pid) return exited;
      signalGroup(pid, stopSignal);
      const deadline = sleep(options.stopDeadlineMs ?? 10_000, 'late' as const, { ref: false });
      if ((await Promise.race([exited, deadline])) === 'late') signalGroup(pid, 'SIGKILL');
      const exit = await exited;
      // Ends what is left of its group.
      signalGroup(pid, 'SIGKILL');
      return exit;
    },
  };
  running.add(child);
  return child;
}

/** Stops every child, the last one first. After this, none can be started. */
export async function stopAllChildren(log?: (line: string) => void): Promise<void> {
  closed = true;
  for (const child of [...running].reverse()) {
    const exit = await child.stop();
    log?.(`${child.name} stopped${exit.signal === 'SIGKILL' ? ' (killed)' : ''}`);
  }
}

/** Kills what is left, without waiting for anything. */
export function killAllChildren(): void {
  closed = true;
  for (const child of running) if (child.pid) signalGroup(child.pid, 'SIGKILL');
}

/**
 * Runs a program to its end.
 * @throws when it fails, with the last lines it wrote
 */
export async function runToEnd(options: ChildOptions): Promise<void> {
  const child = startChild(options);
  const exit = await child.exited;
  if (exit.code !== 0) throw new Error(`${options.name} failed (${exit.reason}).\n${child.lastLines()}`);
}

function signalGroup(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(-pid, signal);
  } catch {
    // Already gone.
  }
}

function lastLines(file: string, count: number): string {
  try {
    const lines = readFileSync(file, 'utf8').trimEnd().split('\n').slice(-count);
    return lines.map((line) => `  ${line}`).join('\n');
  } catch {
    return '';
  }
}
