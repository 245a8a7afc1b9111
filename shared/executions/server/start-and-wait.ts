import { setTimeout as sleep } from 'node:timers/promises';
import { isDatabaseUnavailable } from '../../platform/db/database-errors.ts';
import { readExecution } from '../db/executions-read.ts';
import { type ExecutionRow, isTerminal } from '../db/executions-row.ts';
import type { Execution } from '../execution-schemas.ts';
import { isLongCall } from '../execution-start.ts';
import type { ExecutionContext } from './execution-context.ts';
import { toExecution } from './execution-view.ts';
import type { TakeCall } from './prepared-call.ts';
import { createStartCircuit, isPassing } from './start-circuit.ts';
import { type StartResult, startExecutionWorkflow, type WorkflowSubject } from './start-workflow.ts';
import { waitForOutcome } from './wait-for-outcome.ts';

interface StartAndWaitRequest {
  row: ExecutionRow;
  /** Null when the workflow has been started before. */
  start: Omit<WorkflowSubject, 'execution'> | null;
  /** The call that was prepared for this request, if one was. */
  takeCall?: TakeCall;
  /** Longest wait for the outcome in milliseconds; 0: do not wait. */
  waitMs: number;
  /** Called when the workflow has started and done its first task, as far as this process knows, or did not start. */
  begun: () => void;
}

/** Starts the workflow of a written execution and waits for its outcome. @returns the execution as it then is */
export type StartAndWait = (request: StartAndWaitRequest) => Promise<Execution>;

const retryMs = 500;

export function createStartAndWait(context: ExecutionContext): StartAndWait {
  const circuit = createStartCircuit(context.temporal.client);

  /** @returns `retry` when it may succeed a moment later, `later` when only the reconciler tries again */
  async function tryStart(subject: WorkflowSubject): Promise<StartResult | 'retry' | 'later'> {
    if (await circuit.isAway()) return 'later';
    const ended = circuit.watch();
    try {
      const result = await startExecutionWorkflow(context, subject);
      void ended();
      return result;
    } catch (error) {
      const away = await ended(error);
      context.log.warn(
        { executionId: subject.execution.id, err: error, temporalIsAway: away },
        'a workflow could not be started; it will be retried',
      );
      return !away && isPassing(error) ? 'retry' : 'later';
    }
  }

  /**
   * Starts the workflow; tries again while a caller waits and Temporal responds.
   * @param signal the caller no longer waits
   * @returns null when it is started later
   */
  async function start(
    { row, start: tool, takeCall, begun }: StartAndWaitRequest,
    signal: AbortSignal,
  ): Promise<StartResult | null> {
    if (!tool) return { started: true, here: false };
    for (;;) {
      const result = await tryStart({ execution: row, ...tool });
      if (result === 'later') return null;
      if (result === 'retry') {
        begun();
        await sleep(retryMs, undefined, { signal, ref: false }).catch(() => {});
        if (signal.aborted) return null;
        continue;
      }
      if (result.started && result.here && !isLongCall(tool.tool.definition)) {
        context.headStart.onJoin(row.id, begun);
        if (takeCall) context.headStart.begin({ tenantId: row.tenant_id, executionId: row.id }, takeCall);
      } else begun();
      return result;
    }
  }

  return async (request) => {
    const { row, waitMs, begun } = request;
    const wait = waitMs > 0 ? waitForOutcome(context, { id: row.id, toolName: row.tool_name }) : null;
    const starting = start(request, wait?.over ?? AbortSignal.abort());
    starting.then((result) => result ?? begun(), begun);
    try {
      const ended = wait ? await wait.done({ waitMs, starting }) : void (await starting);
      if (ended) return toExecution(context, ended);
    } finally {
      wait?.dispose();
    }
    // It is written: the caller gets its id even if it cannot be read now.
    const now = await context.db
      .tenant(row.tenant_id, (connection) => readExecution(connection, row.tenant_id, row.id))
      .catch((error: unknown) => {
        if (!isDatabaseUnavailable(error)) throw error;
        return null;
      });
    // It ended in another process.
    if (now && isTerminal(now)) context.waiters.settled(now.id, now);
    return toExecution(context, now ?? { ...row, attempt_rows: [], reruns: [] });
  };
}
