import { setTimeout as sleep } from 'node:timers/promises';
import { WorkflowNotFoundError } from '@temporalio/client';
import { type ExecutionWithAttempts, readExecution } from '../db/executions-read.ts';
import { type ExecutionRow, isTerminal } from '../db/executions-row.ts';
import { type AttemptReport, executionWorkflowId } from '../execution-contract.ts';
import type { ExecutionContext } from './execution-context.ts';
import type { StartResult } from './start-workflow.ts';

interface OutcomeSource {
  waitMs: number;
  /** Of its workflow; null when it is started later. */
  starting: Promise<StartResult | null>;
  /** The first attempt, if it is made in this process. */
  attempt: Promise<AttemptReport> | null;
}

export interface OutcomeWait {
  /**
   * Resolves when the execution has probably ended, when it is started later, or after `waitMs`; never rejects.
   * @returns its row, if it ended in this process just now
   */
  done(source: OutcomeSource): Promise<ExecutionWithAttempts | null>;
  /** Aborted when no one waits any more. */
  over: AbortSignal;
  dispose(): void;
}

/** How long no attempt may run in this process before Temporal is asked instead. */
const localMs = 250;
/** How often the row is read of an execution that has no workflow yet: its first attempt began in another process. */
const rowMs = 250;

/**
 * Begins to wait for the end of an execution; call it before the workflow starts. An execution in this process reports
 * its end right after the commit; for others it awaits the result of the workflow.
 */
export function waitForOutcome(
  { db, temporal, waiters, running }: Pick<ExecutionContext, 'db' | 'temporal' | 'waiters' | 'running'>,
  execution: Pick<ExecutionRow, 'id' | 'tenant_id' | 'tool_name'>,
): OutcomeWait {
  const waiter = waiters.wait(execution.id);
  const ended = new AbortController();
  // Without a reason, each abort makes an error with a stack.
  const end = () => ended.abort('over');
  const { signal } = ended;

  async function elsewhere({ starting, attempt }: OutcomeSource): Promise<null> {
    const report = await attempt?.catch(() => null);
    if (report && report.state !== 'retry') return null;
    const start = await starting;
    if (!start) return null;
    if (start.started && start.here && !attempt) {
      do await sleep(localMs, undefined, { signal, ref: false });
      while (running.has(execution.id));
    }
    const handle = temporal.client.workflow.getHandle(
      executionWorkflowId({ id: execution.id, toolName: execution.tool_name }),
    );
    for (;;) {
      try {
        await temporal.client.withAbortSignal(signal, () => handle.result());
        return null;
      } catch (error) {
        if (!(error instanceof WorkflowNotFoundError)) throw error;
      }
      const { tenant_id } = execution;
      const row = await db.tenant(tenant_id, (connection) =>
        readExecution(connection, tenant_id, execution.id),
      );
      if (!row || isTerminal(row)) return null;
      await sleep(rowMs, undefined, { signal, ref: false });
    }
  }

  return {
    async done(source) {
      let timer: NodeJS.Timeout | undefined;
      const timeout = new Promise<null>((resolve) => {
        timer = setTimeout(resolve, source.waitMs, null);
      });
      // A failed execution is a failed workflow. When Temporal is unreachable, only the local wait is left.
      const closed = elsewhere(source).catch((error: Error) =>
        error.name === 'WorkflowFailedError' ? null : timeout,
      );
      const row = await Promise.race([waiter.settled, closed, timeout]);
      clearTimeout(timer);
      end();
      return row;
    },
    over: signal,
    dispose: () => {
      waiter.dispose();
      end();
    },
  };
}
