import { createRequire } from 'node:module';
import { Worker } from 'node:worker_threads';
import {
  ThreadedVMWorkflowCreator,
  WorkerThreadClient,
} from '@temporalio/worker/lib/workflow/threaded-vm.js';
import type { Logger } from 'pino';

/** What the workflow thread gets from its parent. */
export interface WorkflowThreadData {
  /** The longest activation. */
  timeoutMs: number;
}

/** Its internals are those that this folder was written for. */
const writtenFor = '1.24.0';
const { version: installed }: { version: string } = createRequire(import.meta.url)(
  '@temporalio/worker/package.json',
);

/**
 * Workers that are created after this guard an activation of a workflow by one watchdog thread. The SDK starts one for
 * each of the ten times that it enters workflow code, at 145 µs each, and has no option for it (decision 0030).
 * @returns false when another version of the SDK is installed, and nothing was changed
 */
export function useOneWatchdog(log: Pick<Logger, 'warn'>): boolean {
  if (installed !== writtenFor) {
    log.warn(
      { installed, writtenFor },
      'workflow threads are as the SDK makes them, and cost more CPU: one-watchdog.ts was written for another version',
    );
    return false;
  }
  ThreadedVMWorkflowCreator.create = async ({
    threadPoolSize,
    isolateExecutionTimeoutMs,
    logger,
    patchActivationCallback,
    ...rest
  }) => {
    const workerData: WorkflowThreadData = { timeoutMs: isolateExecutionTimeoutMs };
    const clients = Array.from({ length: threadPoolSize }, () => {
      const thread = new Worker(new URL('workflow-thread.ts', import.meta.url), { workerData });
      return new WorkerThreadClient(thread, logger, patchActivationCallback);
    });
    const hasPatchActivationCallback = patchActivationCallback !== undefined;
    await Promise.all(
      clients.map((client) =>
        client.send({ type: 'init', ...rest, isolateExecutionTimeoutMs, hasPatchActivationCallback }),
      ),
    );
    return new ThreadedVMWorkflowCreator(clients);
  };
  return true;
}
