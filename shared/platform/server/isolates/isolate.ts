import { fork } from 'node:child_process';
import { setPriority, tmpdir } from 'node:os';
import { fileURLToPath } from 'node:url';
import { cpuTimeMs } from '../process-usage.ts';
import type { Reply, Task } from './isolate-protocol.ts';

/** Why a task has no result. `time` and `memory` are the task's fault; `lost` is not: someone else ended the process. */
export type Ending = 'time' | 'memory' | 'lost';

/** A process that runs one task at a time and may be killed at any moment. */
export interface Isolate {
  /** @throws EndedError; then the isolate is gone */
  run(task: Task, cpuMs: number): Promise<Reply>;
  kill(): void;
}

export class EndedError extends Error {
  readonly ending: Ending;

  constructor(ending: Ending) {
    super(`The isolate ended: ${ending}`);
    this.ending = ending;
  }
}

const program = fileURLToPath(new URL('./isolate-main.ts', import.meta.url));
const maxHeapMb = 256;
/** A machine that gives an isolate hardly any time must not hold its caller forever. */
const wallPerCpu = 40;
const nice = 5;
/** How V8 ends when its heap or one of its sizes is exhausted. */
const exhausted = new Set<NodeJS.Signals>(['SIGABRT', 'SIGTRAP', 'SIGILL', 'SIGSEGV']);

/**
 * Starts an isolate: a process, not a thread, because V8 ends the whole process when a thread asks for too large a size
 * (`[1..9000000].[$]`).
 */
export function startIsolate(onProcess: (pid: number, alive: boolean) => void): Isolate {
  const child = fork(program, {
    serialization: 'advanced',
    env: {},
    cwd: tmpdir(),
    stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
    execArgv: [`--max-old-space-size=${maxHeapMb}`, '--permission', '--allow-fs-read=*'],
  });
  const { pid } = child;
  if (pid !== undefined) {
    onProcess(pid, true);
    child.once('exit', () => onProcess(pid, false));
    lowerPriority(pid);
  }
  let ended: Ending | null = null;
  let running: PromiseWithResolvers<Reply> | null = null;
  const end = (ending: Ending): void => {
    ended ??= ending;
    child.kill('SIGKILL');
    running?.reject(new EndedError(ended));
  };
  child.on('message', (reply) => running?.resolve(reply as Reply));
  child.once('exit', (code, signal) => end(isExhaustion(code, signal) ? 'memory' : 'lost'));
  child.on('error', () => end('lost'));
  return {
    kill: () => end('lost'),
    async run(task, cpuMs) {
      if (ended !== null) throw new EndedError(ended);
      running = Promise.withResolvers<Reply>();
      const watch = watchCpu(pid, cpuMs, () => end('time'));
      try {
        // A process that is gone reports its exit.
        child.send(task, () => {});
        return await running.promise;
      } finally {
        watch.stop();
        running = null;
      }
    },
  };
}

/** The processes that serve people come first. */
function lowerPriority(pid: number): void {
  try {
    setPriority(pid, nice);
  } catch {
    // It has ended, and its exit says so.
  }
}

function isExhaustion(code: number | null, signal: NodeJS.Signals | null): boolean {
  return signal === null ? code === 133 || code === 134 : exhausted.has(signal);
}

/** Calls `over` when the process has used `cpuMs` more than now. */
function watchCpu(pid: number | undefined, cpuMs: number, over: () => void): { stop(): void } {
  const startedAt = performance.now();
  const before = cpuTimeMs(pid);
  const check = (): void => {
    const wall = performance.now() - startedAt;
    const used = before === null ? wall : (cpuTimeMs(pid) ?? wall) - before;
    if (used >= cpuMs || wall >= cpuMs * wallPerCpu) over();
    else timer = setTimeout(check, Math.max(10, cpuMs - used));
  };
  let timer = setTimeout(check, cpuMs);
  return { stop: () => clearTimeout(timer) };
}
