import { randomUUID } from 'node:crypto';
import { constants } from 'node:fs';
import { loadPyodide, type PyodideAPI } from 'pyodide';
import { hasUnusualNumbers } from '../../../read-json.ts';
import { type CodeProblem, frameTypes, type HostJob } from '../sandbox-protocol.ts';
import { type LoadedEngine, ProblemError } from './engine.ts';
import { readMessage, writeFrame } from './frames.ts';
import { prelude } from './python-prelude.ts';

const decoder = new TextDecoder();

/**
 * Python in WebAssembly. Loading it takes 4 s of CPU time, from the memory of a loaded one 0.5 s: the first process of a
 * pool sends its memory, and the others begin with it.
 */
export async function loadPython(): Promise<LoadedEngine> {
  const snapshot = readMessage();
  // Emscripten asks for the constants of files in a way that the permission model refuses.
  Object.assign(process, { binding: () => ({ fs: constants }) });
  if (snapshot.length === 0) await sendSnapshot();
  // There are no globals of JavaScript to find.
  const python = await loadPyodide({ ...settings, jsglobals: Object.create(null), _loadSnapshot: snapshot });
  const output: { log: (text: string) => boolean } = { log: () => true };
  const write = (bytes: Uint8Array): number => {
    output.log(decoder.decode(bytes, { stream: true }));
    return bytes.length;
  };
  python.setStdout({ write });
  python.setStderr({ write });
  python.setStdin({ stdin: () => null });
  return {
    run(job, input, log) {
      output.log = log;
      limitMemory(job.memoryBytes);
      return run(python, job, input);
    },
  };
}

const settings = { env: { HOME: '/home' }, checkAPIVersion: false };

async function sendSnapshot(): Promise<never> {
  const python = await loadPyodide({ ...settings, _makeSnapshot: true });
  python.runPython(prelude);
  writeFrame(frameTypes.snapshot, python.makeMemorySnapshot());
  return process.exit();
}

function run(python: PyodideAPI, { task, source }: HostJob, input: string): string {
  const mark = randomUUID();
  const act = python.globals.get(task === 'check' ? 'interlock_check' : 'interlock_run') as (
    ...args: unknown[]
  ) => string;
  let answer: string;
  try {
    answer = act(source, input, mark, hasUnusualNumbers(input));
  } catch (error) {
    throw new ProblemError(fatal(error));
  }
  const rest = answer.slice(1);
  // Its first character says which of the two it is.
  if (answer.startsWith('!')) throw new ProblemError(JSON.parse(rest) as CodeProblem);
  return rest.replaceAll(new RegExp(`"${mark}(-?\\d+(?:\\.\\d+)?)"`, 'g'), '$1');
}

/** Python itself has ended: `os._exit`, or a call of the system that a sandbox does not have. */
function fatal(error: unknown): CodeProblem {
  const text = String(error);
  if (error instanceof RangeError || /memory|out of bounds|stack/i.test(text))
    return { kind: 'memory', message: text.slice(0, 200) };
  return {
    kind: 'thrown',
    message: 'Python has ended: the code used something that a sandbox does not have',
  };
}

const pageBytes = 65_536;

/** Python sees a MemoryError when it needs more than now and so many bytes. */
function limitMemory(bytes: number): void {
  const { prototype } = WebAssembly.Memory;
  const grow = prototype.grow;
  let left = Math.ceil(bytes / pageBytes);
  prototype.grow = function (this: WebAssembly.Memory, pages: number): number {
    if (pages > left) throw new RangeError('The memory limit is reached');
    left -= pages;
    return grow.call(this, pages);
  };
}
