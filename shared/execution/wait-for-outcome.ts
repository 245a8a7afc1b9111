import type { ExecutionWithAttempts } from '../db/queries/executions-read.ts';
import { executionWorkflowId } from '../temporal/contract.ts';
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
  const asking = new AbortController();
  const timers = new Set<NodeJS.Timeout>();
  const after = (ms: number, what: () => void) => timers.add(setTimeout(what, ms));

  /** A failed execution is a failed workflow; a Temporal that does not answer leaves only the local way. */
  function askTemporal(done: () => void): void {
    const handle = temporal.client.workflow.getHandle(executionWorkflowId(execution));
    temporal.client
      .withAbortSignal(asking.signal, () => handle.result())
      .then(done, (error: Error) => {
        if (error.name === 'WorkflowFailedError') done();
      });
  }

  return {
    done: ({ waitMs, startedHere }) =>
      new Promise((resolve) => {
        waiter.settled.then(resolve);
        after(waitMs, () => resolve(null));
        const look = () => {
          if (outcomes.isRunning(execution.id)) after(localMs, look);
          else askTemporal(() => resolve(null));
        };
        if (startedHere) after(localMs, look);
        else look();
      }),
    dispose: () => {
      waiter.dispose();
      for (const timer of timers) clearTimeout(timer);
      // A reason of our own: the default one is an exception with a stack, 0.1 ms.
      asking.abort('done');
    },
  };
}
