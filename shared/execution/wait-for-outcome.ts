import { setTimeout as sleep } from 'node:timers/promises';
import { executionWorkflowId } from '../temporal/contract.ts';
import type { ExecutionServices } from './execution-services.ts';
import type { Outcomes } from './outcomes.ts';

export interface OutcomeWait {
  /** Resolves when the execution has probably ended, or after `waitMs`; never rejects. */
  done(options: { waitMs: number; startedHere: boolean }): Promise<void>;
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

  async function elsewhere(startedHere: boolean): Promise<void> {
    const { signal } = ended;
    if (startedHere) {
      do await sleep(localMs, undefined, { signal, ref: false });
      while (outcomes.isRunning(execution.id));
    }
    const handle = temporal.client.workflow.getHandle(executionWorkflowId(execution));
    await temporal.client.withAbortSignal(signal, () => handle.result());
  }

  return {
    async done({ waitMs, startedHere }) {
      let timer: NodeJS.Timeout | undefined;
      const timeout = new Promise<void>((resolve) => {
        timer = setTimeout(resolve, waitMs);
      });
      // A failed execution is a failed workflow, and a Temporal that does not answer leaves only the local way.
      const closed = elsewhere(startedHere).catch(async (error: Error) => {
        if (error.name !== 'WorkflowFailedError') await timeout;
      });
      await Promise.race([waiter.settled, closed, timeout]);
      clearTimeout(timer);
      ended.abort();
    },
    dispose: () => {
      waiter.dispose();
      ended.abort();
    },
  };
}
