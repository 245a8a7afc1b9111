import { randomUUID } from 'node:crypto';
import type { PoolResult, SandboxJob } from '../../shared/platform/server/sandboxes/sandbox-pool.ts';
import type { CodeLanguage } from '../../shared/platform/server/sandboxes/sandbox-protocol.ts';
import { runSandboxed } from '../../shared/platform/server/sandboxes/sandboxes.ts';

export type CodeRun = PoolResult & { log: string[] };

/** Runs a program in a sandbox, for a tenant of its own. */
export async function runCode(
  language: CodeLanguage,
  source: string,
  { input = '{}', signal = new AbortController().signal, ...more }: RunOptions = {},
): Promise<CodeRun> {
  const log: string[] = [];
  const job: SandboxJob = {
    task: 'run',
    language,
    source,
    input,
    memoryBytes: 32 * 1_048_576,
    maxOutputBytes: 65_536,
    maxLogBytes: 4096,
    cpuMs: 1000,
    owner: randomUUID(),
    ...more,
  };
  const result = await runSandboxed(job, signal, (line) => log.push(line));
  return { ...result, log };
}

interface RunOptions extends Partial<SandboxJob> {
  signal?: AbortSignal;
}

/** The output of a program that ends well. */
export async function outputOf(
  language: CodeLanguage,
  source: string,
  options?: RunOptions,
): Promise<unknown> {
  const result = await runCode(language, source, options);
  if (!('output' in result)) throw new Error(JSON.stringify(result));
  return JSON.parse(result.output);
}
