import { setTimeout as sleep } from 'node:timers/promises';
import type { ExecutionWithAttempts } from '../db/executions-read.ts';
import { executionWorkflowId } from '../execution-contract.ts';
import type { ExecutionServices } from './execution-services.ts';
import type { Outcomes } from './outcomes.ts';

export interface OutcomeWait {
  /**
   * Resolves when the execution has probably ended, or after `waitMs`; never rejects.
   * @returns its row, if it ended in this process just now
   */
  done(options: { waitMs: number; startedHere: boolean }): Promise<ExecutionWithAttempts | null>;
  dispose(): void;
}

/** How long nobody in this process may be at it before Temporal is asked instead. */
const localMs = 250;

/**
 * Begins to listen for the end of an execution; make it before the workflow starts. While the execution is at work
 * in this process its commit is heard directly; otherwise the result of the workflow is awaited.
 */
export function waitForOutcome(
  { temporal }: Pick<ExecutionServices, 'temporal'>,
  outcomes: Outcomes,
  execution: { id: string; toolName: string },
): OutcomeWait {
  const waiter = outcomes.wait(execution.id);
  const ended = new AbortController();

  async function elsewhere(startedHere: boolean): Promise<null> {
    const { signal } = ended;
    if (startedHere) {
      do await sleep(localMs, undefined, { signal, ref: false });
      while (outcomes.isRunning(execution.id));
    }
    const handle = temporal.client.workflow.getHandle(executionWorkflowId(execution));
    await temporal.client.withAbortSignal(signal, () => handle.result());
    return null;
  }

  return {
    async done({ waitMs, startedHere }) {
      let timer: NodeJS.Timeout | undefined;
      const timeout = new Promise<null>((resolve) => {
        timer = setTimeout(resolve, waitMs, null);
      });
      // A failed execution is a failed workflow, and a Temporal that does not answer leaves only the local way.
      const closed = elsewhere(startedHere).catch((error: Error) =>
        error.name === 'WorkflowFailedError' ? null : timeout,
      );
      const row = await Promise.race([waiter.settled, closed, timeout]);
      clearTimeout(timer);
      ended.abort();
      return row;
    },
    dispose: () => {
      waiter.dispose();
      ended.abort();
    },
  };
}
