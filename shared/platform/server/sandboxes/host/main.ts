import { type CodeProblem, type Engine, frameTypes, type HostJob } from '../sandbox-protocol.ts';
import { type LoadedEngine, ProblemError } from './engine.ts';
import { exit, readMessage, writeFrame } from './frames.ts';
import { lockDown } from './lock-down.ts';
import { createLog } from './log.ts';

// The program of a sandbox: it loads an engine, gives up everything else that it could do, waits for one job, runs it, and
// ends.

const encoder = new TextEncoder();
const decoder = new TextDecoder();

const engine = await load(process.argv[2] as Engine);
lockDown();
writeFrame(frameTypes.ready, new Uint8Array());
const job = JSON.parse(decoder.decode(readMessage())) as HostJob;
const input = decoder.decode(readMessage());
try {
  writeFrame(frameTypes.output, outputOf(job, input));
} catch (error) {
  writeFrame(frameTypes.problem, encoder.encode(JSON.stringify(problemOf(error))));
}
exit();

async function load(name: Engine): Promise<LoadedEngine> {
  if (name === 'quickjs') return (await import('./quickjs.ts')).loadQuickJs();
  return (await import('./python.ts')).loadPython();
}

function outputOf(job: HostJob, input: string): Uint8Array {
  const log = createLog(job.maxLogBytes);
  try {
    const output = encoder.encode(engine.run(job, input, log.write));
    if (output.length <= job.maxOutputBytes) return output;
    throw new ProblemError({
      kind: 'output',
      message: `The result has ${output.length} bytes; the limit is ${job.maxOutputBytes}`,
    });
  } finally {
    log.flush();
  }
}

function problemOf(error: unknown): CodeProblem {
  if (error instanceof ProblemError) return error.problem;
  const message = error instanceof Error ? error.message : String(error);
  // The engine itself had no more memory, or no more stack.
  const kind = /memory|stack|recursion|out of bounds|unreachable/i.test(message) ? 'memory' : 'thrown';
  return { kind, message: message.slice(0, 2000) };
}
