import { writeJson } from '../../../platform/json-text.ts';
import type { PoolResult } from '../../../platform/server/sandboxes/sandbox-pool.ts';
import type { CodeProblem } from '../../../platform/server/sandboxes/sandbox-protocol.ts';
import { runSandboxed } from '../../../platform/server/sandboxes/sandboxes.ts';
import type { CallContext, CallResult, Provider } from '../../server/provider.ts';
import { readOutput } from './call/read-output.ts';
import { sandboxJob } from './call/sandbox-job.ts';
import type { CodeConfig, CodeTool } from './config.ts';

type Failed = Extract<CallResult, { ok: false }>;

/** Runs the code in a process of its own. It has no effect outside, so every call can be made again. */
export function createCodeProvider(): Provider<CodeTool> {
  return {
    async call({ config }, request, context) {
      if (!context.maySend()) return notStarted;
      context.onSent();
      const log: string[] = [];
      const job = sandboxJob('run', config, writeJson(request.body ?? null), context.tenantId);
      const result = await runSandboxed(job, context.signal, (line) => {
        log.push(line);
        context.heartbeat();
        context.onOutput?.({ kind: 'log', value: line });
      });
      const made = await resultOf(result, config, context);
      return log.length === 0 ? made : { ...made, log };
    },
  };
}

const notStarted: Failed = {
  ok: false,
  code: 'timeout',
  message: 'The code was not started in time',
  sent: 'before',
  transient: true,
};

async function resultOf(result: PoolResult, config: CodeConfig, context: CallContext): Promise<CallResult> {
  if ('problem' in result) return failedBy(result.problem, config);
  if ('ended' in result) return endedBy(result.ended, config);
  const read = await readOutput(result.output, context.tenantId);
  if ('output' in read) return { ok: true, output: read.output };
  return { ...permanent('invalid_output', `The result of the code cannot be read: ${read.problem}`) };
}

const permanent = (code: Failed['code'], message: string): Failed => ({
  ok: false,
  code,
  message,
  sent: 'responded',
  transient: false,
});

/** What the code threw may hold anything of its input: it is the reason, which stays with the execution. */
function failedBy({ kind, message, line, column }: CodeProblem, { memoryMb }: CodeConfig): Failed {
  const at = line === undefined ? '' : ` at line ${line}${column === undefined ? '' : `, column ${column}`}`;
  switch (kind) {
    case 'memory':
      return tooMuchMemory(memoryMb);
    case 'output':
      return {
        ...permanent('invalid_output', 'The code returned no valid result'),
        ...said('The result was refused: ', message),
      };
    case 'syntax':
      return {
        ...permanent('provider_error', `The code cannot be read${at}`),
        ...said('The code is invalid: ', message),
      };
    case 'thrown':
      return { ...permanent('provider_error', `The code failed${at}`), ...said('The code threw ', message) };
  }
}

const said = (reasonLead: string, reason: string) => ({ reasonLead, reason });

const tooMuchMemory = (memoryMb: number): Failed =>
  permanent('provider_error', `The code needs more memory than its limit of ${memoryMb} MB`);

function endedBy(ended: Extract<PoolResult, { ended: string }>['ended'], config: CodeConfig): Failed {
  switch (ended) {
    case 'time':
      return permanent('timeout', `The code used its limit of ${config.timeLimitMs} ms of CPU time`);
    case 'memory':
      return tooMuchMemory(config.memoryMb);
    case 'flood':
      return permanent('invalid_output', 'The code sent more than its limits of output and log');
    case 'failed':
      return permanent('provider_error', 'The process of the code ended unexpectedly');
    case 'lost':
      return {
        ...permanent('provider_error', 'The process of the code was ended from outside'),
        transient: true,
      };
    case 'full':
      return { ...permanent('rate_limited', 'Too much code waits to run'), sent: 'before', transient: true };
    case 'aborted':
      return {
        ok: false,
        code: 'timeout',
        message: 'The code did not end in time',
        sent: 'unknown',
        transient: true,
      };
  }
}
