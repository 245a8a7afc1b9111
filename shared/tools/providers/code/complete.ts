import type { Issue } from '../../../platform/error-codes.ts';
import type { PoolResult } from '../../../platform/server/sandboxes/sandbox-pool.ts';
import { runSandboxed } from '../../../platform/server/sandboxes/sandboxes.ts';
import { sandboxJob } from './call/sandbox-job.ts';
import type { CodeTool } from './config.ts';

/** Of reading a source. */
const cpuMs = 2000;
/** The first Python of a process takes some seconds to load. */
const longestWaitMs = 90_000;

/** Reads the source, and runs none of it: what the language does not accept is an issue with its line and column. */
export async function completeCode({ config }: CodeTool, tenantId: string): Promise<{ issues: Issue[] }> {
  const job = { ...sandboxJob('check', config, 'null', tenantId), cpuMs };
  const result = await runSandboxed(job, AbortSignal.timeout(longestWaitMs));
  const message = problemOf(result);
  return { issues: message === null ? [] : [issue(message)] };
}

function problemOf(result: PoolResult): string | null {
  if ('output' in result) return null;
  if ('ended' in result) return 'The source could not be checked. Try again, or make it shorter';
  const { message, line, column } = result.problem;
  return line === undefined ? message : `Line ${line}, column ${column ?? 1}: ${message}`;
}

const issue = (message: string): Issue => ({ path: '/config/source', message, keyword: 'code' });
