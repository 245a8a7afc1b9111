import { execFileSync } from 'node:child_process';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Child } from '../../dev/child-process.ts';

/** A process of the campaign, with the processes that it started. */
export interface Part {
  name: string;
  /** While it runs. */
  readonly pid: number | undefined;
  /** How often it ended although no one asked. */
  endedByItself: number;
  start(): Promise<void>;
  /** SIGKILL. Start it again. */
  kill(): Promise<void>;
  /** Asks it to end, and waits until it has. Start it again. */
  stop(): Promise<void>;
  freeze(): void;
  thaw(): void;
}

/**
 * @param launch starts the process; it may wait until the process serves
 * @param options.killsAll its processes do not survive each other, so a kill kills all of them
 */
export function createPart(
  name: string,
  launch: () => Promise<Child>,
  options: { killsAll?: boolean; log: (line: string) => void },
): Part {
  let child: Child | null = null;
  let expected = false;
  let frozen: number[] = [];

  const part: Part = {
    name,
    get pid() {
      return child?.ended ? undefined : child?.pid;
    },
    endedByItself: 0,
    async start() {
      for (let attempt = 1; ; attempt++) {
        try {
          expected = false;
          child = await launch();
          watch(child);
          return;
        } catch (error) {
          // Of a server that was killed, the last processes may live a moment longer.
          if (attempt === 5) throw error;
          await sleep(500);
        }
      }
    },
    async kill() {
      expected = true;
      if (!child?.pid) return;
      const pids = options.killsAll ? processTree(child.pid) : [child.pid];
      signalAll(pids, 'SIGKILL');
      await child.exited;
    },
    async stop() {
      expected = true;
      await child?.stop();
    },
    freeze() {
      if (!child?.pid) return;
      // Twice: a process may start another one in between.
      for (let round = 0; round < 2; round++) {
        const pids = processTree(child.pid).filter((pid) => !frozen.includes(pid));
        signalAll(pids, 'SIGSTOP');
        frozen.push(...pids);
      }
    },
    thaw() {
      signalAll(frozen.reverse(), 'SIGCONT');
      frozen = [];
    },
  };

  /** Starts it again when it ends although no one asked, as a supervisor does. */
  function watch(started: Child): void {
    void started.exited.then(async ({ reason }) => {
      if (expected || started.stopping || started !== child) return;
      part.endedByItself++;
      options.log(`${name} ended by itself (${reason}).\n${started.lastLines(4)}`);
      await sleep(1000);
      if (!expected && started === child) await part.start();
    });
  }
  return part;
}

function signalAll(pids: readonly number[], signal: NodeJS.Signals): void {
  for (const pid of pids) {
    try {
      process.kill(pid, signal);
    } catch {
      // It has ended.
    }
  }
}

/** A process and all that it started, directly or not. */
function processTree(root: number): number[] {
  const lines = execFileSync('ps', ['-A', '-o', 'pid=,ppid='], { encoding: 'utf8' }).trim().split('\n');
  const children = new Map<number, number[]>();
  for (const line of lines) {
    const [pid = 0, parent = 0] = line.trim().split(/\s+/).map(Number);
    children.set(parent, [...(children.get(parent) ?? []), pid]);
  }
  const tree = [root];
  for (const pid of tree) tree.push(...(children.get(pid) ?? []));
  return tree;
}
