import type { SandboxJob } from '../../../../platform/server/sandboxes/sandbox-pool.ts';
import type { CodeConfig } from '../config.ts';

/** @param input JSON */
export function sandboxJob(
  task: SandboxJob['task'],
  { language, source, timeLimitMs, memoryMb, maxOutputBytes, maxLogBytes }: CodeConfig,
  input: string,
  tenantId: string,
): SandboxJob {
  return {
    task,
    language,
    source,
    input,
    memoryBytes: memoryMb * 1_048_576,
    maxOutputBytes,
    maxLogBytes,
    cpuMs: timeLimitMs,
    owner: tenantId,
  };
}
