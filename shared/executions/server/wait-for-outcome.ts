import { setTimeout as sleep } from 'node:timers/promises';
import type { ExecutionWithAttempts } from '../db/executions-read.ts';
import { executionWorkflowId } from '../execution-contract.ts';
import type { ExecutionContext } from './execution-context.ts';
import type { StartResult } from './start-workflow.ts';

export interface OutcomeWait {
  /**
   * Resolves when the execution has probably ended, when it is started later, or after `waitMs`; never rejects.
   * @param options.starting of its workflow; null when it is started later
   * @returns its row, if it ended in this process just now
   */
  done(options: {
    waitMs: number;
    starting: Promise<StartResult | null>;
  }): Promise<ExecutionWithAttempts | null>;
  /** Aborted when no one waits any more. */
  over: AbortSignal;
  dispose(): void;
}

/** How long no attempt may run in this process before Temporal is asked instead. */
const localMs = 250;

/**
 * Begins to wait for the end of an execution; call it before the workflow starts. An execution in this process reports
 * its end right after the commit; for others it awaits the result of the workflow.
 */
export function waitForOutcome(
  { temporal, waiters, running }: Pick<ExecutionContext, 'temporal' | 'waiters' | 'running'>,
  execution: { id: string; toolName: string },
): OutcomeWait {
  const waiter = waiters.wait(execution.id);
  const ended = new AbortController();
  const { signal } = ended;

  async function elsewhere(starting: Promise<StartResult | null>): Promise<null> {
    const start = await starting;
    if (!start) return null;
    if (start.started && start.here) {
      do await sleep(localMs, undefined, { signal, ref: false });
      while (running.has(execution.id));
    }
    const handle = temporal.client.workflow.getHandle(executionWorkflowId(execution));
    await temporal.client.withAbortSignal(signal, () => handle.result());
    return null;
  }

  return {
    async done({ waitMs, starting }) {
      let timer: NodeJS.Timeout | undefined;
      const timeout = new Promise<null>((resolve) => {
        timer = setTimeout(resolve, waitMs, null);
      });
      // A failed execution is a failed workflow. When Temporal is unreachable, only the local wait is left.
      const closed = elsewhere(starting).catch((error: Error) =>
        error.name === 'WorkflowFailedError' ? null : timeout,
      );
      const row = await Promise.race([waiter.settled, closed, timeout]);
      clearTimeout(timer);
      ended.abort();
      return row;
    },
    over: signal,
    dispose: () => {
      waiter.dispose();
      ended.abort();
    },
  };
}
