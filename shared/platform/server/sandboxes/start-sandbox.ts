import { spawn } from 'node:child_process';
import { setPriority, tmpdir } from 'node:os';
import { dirname } from 'node:path';
import type { Writable } from 'node:stream';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import { cpuTimeMs, memoryBytes } from '../process-usage.ts';
import { readFrames } from './frame-reader.ts';
import {
  type CodeProblem,
  type Engine,
  frameHeadBytes,
  frameTypes,
  type HostJob,
  maxFrames,
  maxLogLines,
  spareBytes,
} from './sandbox-protocol.ts';

/** Why a job has no result: it exceeded a limit; its process failed; someone else ended that. */
export type Ending = 'time' | 'memory' | 'flood' | 'failed' | 'lost';

export type SandboxResult = { output: string } | { problem: CodeProblem } | { ended: Ending };

/** A process that runs one job and ends. */
export interface Sandbox {
  /** Settles when the engine is loaded, with its memory if the process began without; false: it could not start. */
  ready: Promise<Buffer | boolean>;
  run(job: HostJob, input: string, cpuMs: number, onLog: (line: string) => void): Promise<SandboxResult>;
  kill(): void;
}

const nice = 5;
/** A machine that gives a sandbox hardly any time must not hold its caller forever. */
const wallPerCpu = 40;
const checkMs = 20;
/** Loading the engine is our own work. */
const maxStartMs = 120_000;
/** Of a process in all: what ends it when no one is left to do so. */
const maxCpuSeconds = 120;
/** As the system counts it, with stacks and what V8 sets aside: what a sandbox never exceeds, also between two looks at it. */
const maxDataKilobytes = 2 * 1024 * 1024;
/** The heap of an engine grows in steps, and the result is copied out of it. */
const spareMemory = 64 * 1024 * 1024;
const maxSnapshotBytes = 256 * 1024 * 1024;
/** How V8 ends when its heap or one of its sizes is exhausted. */
const exhausted = new Set<NodeJS.Signals>(['SIGABRT', 'SIGTRAP', 'SIGILL', 'SIGSEGV', 'SIGBUS']);

const hostProgram = fileURLToPath(new URL('./host/main.ts', import.meta.url));
const packages: Record<Engine, string[]> = {
  quickjs: ['quickjs-emscripten-core', '@jitl/quickjs-ng-wasmfile-release-sync', '@jitl/quickjs-ffi-types'],
  pyodide: ['pyodide'],
};

/** What a sandbox may read: its program, and its engine. */
function readable(engine: Engine): string[] {
  const shared = fileURLToPath(new URL('../../', import.meta.url));
  return [
    dirname(hostProgram),
    fileURLToPath(new URL('./sandbox-protocol.ts', import.meta.url)),
    ...['exact-number.ts', 'read-json.ts', 'json-pointer.ts'].map((file) => `${shared}${file}`),
    ...packages[engine].flatMap(packageFolders),
  ];
}

/** Where a package is, and where it is found: `node_modules` may be a link to a folder elsewhere. */
function packageFolders(name: string): string[] {
  const entry = fileURLToPath(import.meta.resolve(name));
  const folder = `/node_modules/${name}`;
  const found = fileURLToPath(new URL(`../../../..${folder}`, import.meta.url));
  return [...new Set([entry.slice(0, entry.lastIndexOf(folder) + folder.length), found])];
}

/** Node's flags for a sandbox: its permission model, no text that becomes code, a small heap. */
export const sandboxFlags = (engine: Engine): string[] => [
  '--permission',
  ...readable(engine).map((path) => `--allow-fs-read=${path}`),
  // It need not read links on the way: `node_modules` may be one.
  '--preserve-symlinks',
  '--disallow-code-generation-from-strings',
  '--no-addons',
  '--disable-warning=ExperimentalWarning',
  '--max-old-space-size=128',
];

/** Limits that the system keeps: no files, no core dumps, an end of memory and of time although no one is left to kill it. */
const limits = `ulimit -c 0; ulimit -f 0; ulimit -t ${maxCpuSeconds}; ulimit -d ${maxDataKilobytes}; exec "$0" "$@"`;

/**
 * @param snapshot the memory of a loaded engine, for engines that have it
 * @param program what runs in it; tests start hostile ones
 */
export function startSandbox(
  engine: Engine,
  snapshot: Buffer | null,
  onProcess: (pid: number, alive: boolean) => void,
  program = hostProgram,
): Sandbox {
  const child = spawn(
    '/bin/sh',
    ['-c', limits, process.execPath, ...sandboxFlags(engine), `--allow-fs-read=${program}`, program, engine],
    { env: {}, cwd: tmpdir(), stdio: ['pipe', 'pipe', 'ignore'] },
  );
  const { pid } = child;
  const ready = Promise.withResolvers<Buffer | boolean>();
  const result = Promise.withResolvers<SandboxResult>();
  let memory: Buffer | null = null;
  let running: { onLog: (line: string) => void; bytesLeft: number; framesLeft: number } | null = null;
  let watch: NodeJS.Timeout | undefined = setTimeout(() => end('failed'), maxStartMs);

  const settle = (with_: SandboxResult): void => {
    clearTimeout(watch);
    child.kill('SIGKILL');
    ready.resolve(memory ?? false);
    result.resolve(with_);
  };
  const end = (ending: Ending): void => settle({ ended: ending });

  if (pid !== undefined) {
    onProcess(pid, true);
    child.once('exit', () => onProcess(pid, false));
    lowerPriority(pid);
  }
  child.once('error', () => end('failed'));
  child.once('close', (code, signal) => end(endingOf(code, signal)));
  // A process that is gone reports its exit.
  child.stdin.on('error', () => {});
  readFrames(child.stdout, {
    allows(bytes) {
      if (!running) return bytes <= maxSnapshotBytes;
      running.bytesLeft -= bytes;
      running.framesLeft -= 1;
      return running.bytesLeft >= 0 && running.framesLeft >= 0;
    },
    onTooMuch: () => end('flood'),
    onFrame(type, content) {
      if (!running) {
        if (type === frameTypes.snapshot) memory = content;
        else if (type === frameTypes.ready) {
          clearTimeout(watch);
          ready.resolve(true);
        }
      } else if (type === frameTypes.log) running.onLog(content.toString());
      else if (type === frameTypes.output) settle({ output: content.toString() });
      else if (type === frameTypes.problem) settle(problemOf(content));
    },
  });
  if (engine === 'pyodide') writeMessage(child.stdin, snapshot ?? Buffer.alloc(0));

  return {
    ready: ready.promise,
    run(job, input, cpuMs, onLog) {
      const bytesLeft = job.maxOutputBytes + job.maxLogBytes + maxLogLines * frameHeadBytes + spareBytes;
      running = { onLog, bytesLeft, framesLeft: maxFrames };
      watchUsage(cpuMs, job.memoryBytes);
      writeMessage(child.stdin, Buffer.from(JSON.stringify(job)));
      writeMessage(child.stdin, Buffer.from(input));
      return result.promise;
    },
    kill: () => end('lost'),
  };

  function watchUsage(cpuMs: number, maxBytes: number): void {
    const startedAt = performance.now();
    const before = { cpu: cpuTimeMs(pid), memory: memoryBytes(pid) };
    // The engine refuses first.
    const limit = (before.memory ?? 0) + maxBytes * 1.5 + spareMemory;
    const check = (): void => {
      const wall = performance.now() - startedAt;
      const used = before.cpu === null ? wall : (cpuTimeMs(pid) ?? wall) - before.cpu;
      if (used >= cpuMs || wall >= cpuMs * wallPerCpu) end('time');
      else if ((memoryBytes(pid) ?? 0) > limit) end('memory');
      else watch = setTimeout(check, checkMs);
    };
    watch = setTimeout(check, checkMs);
  }
}

/** The processes that serve people come first. */
function lowerPriority(pid: number): void {
  try {
    setPriority(pid, nice);
  } catch {
    // It has ended, and its exit says so.
  }
}

function endingOf(code: number | null, signal: NodeJS.Signals | null): Ending {
  if (signal === 'SIGXCPU') return 'time';
  if (signal === 'SIGKILL') return 'lost';
  if (signal === null) return code === 133 || code === 134 ? 'memory' : 'failed';
  return exhausted.has(signal) ? 'memory' : 'lost';
}

function writeMessage(stream: Writable, content: Buffer): void {
  const length = Buffer.alloc(4);
  length.writeUInt32BE(content.length);
  stream.write(length);
  stream.write(content);
}

const problemSchema = z.object({
  kind: z.enum(['syntax', 'thrown', 'memory', 'output']),
  message: z.string().max(4000),
  line: z.int().min(1).max(1_000_000).optional(),
  column: z.int().min(1).max(1_000_000).optional(),
});

/** The process may send anything. */
function problemOf(content: Buffer): SandboxResult {
  try {
    return { problem: problemSchema.parse(JSON.parse(content.toString())) };
  } catch {
    return { ended: 'failed' };
  }
}
