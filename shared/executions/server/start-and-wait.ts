import { setImmediate as nextTurn, setTimeout as sleep } from 'node:timers/promises';
import { isDatabaseUnavailable } from '../../platform/db/database-errors.ts';
import { inScope } from '../../platform/server/work-scope.ts';
import { readExecution, unlinked } from '../db/executions-read.ts';
import { type ExecutionRow, isTerminal } from '../db/executions-row.ts';
import type { AttemptReport } from '../execution-contract.ts';
import type { Execution } from '../execution-schemas.ts';
import type { ExecutionContext } from './execution-context.ts';
import { toExecution } from './execution-view.ts';
import { createStartCircuit, isPassing } from './start-circuit.ts';
import {
  owedStartDeadlineMs,
  type StartResult,
  startExecutionWorkflow,
  type WorkflowSubject,
} from './start-workflow.ts';
import { waitForOutcome } from './wait-for-outcome.ts';

interface StartAndWaitRequest {
  row: ExecutionRow;
  /** Null when the workflow has been started before. */
  start: Omit<WorkflowSubject, 'execution'> | null;
  /** Begins the first attempt, which this process has claimed with the row. */
  makeFirst?: () => Promise<AttemptReport>;
  /** Longest wait for the outcome in milliseconds; 0: do not wait. */
  waitMs: number;
  /** Called when Temporal has acknowledged the start, as far as this process knows, or the workflow did not start. */
  begun: () => void;
}

/** Starts the workflow of a written execution and waits for its outcome. @returns the execution as it then is */
export type StartAndWait = (request: StartAndWaitRequest) => Promise<Execution>;

const retryMs = 500;
/**
 * How long the workflow of a first attempt waits for its report. Most calls have ended by then: the workflow starts with the
 * outcome and closes in its first task. A slower call is seen in Temporal from then on.
 */
const reportWaitMs = 50;

export function createStartAndWait(context: ExecutionContext): StartAndWait {
  const circuit = createStartCircuit(context.temporal.client);

  /** @returns `retry` when it may succeed a moment later, `later` when only the reconciler tries again */
  async function tryStart(subject: WorkflowSubject): Promise<StartResult | 'retry' | 'later'> {
    if (await circuit.isAway()) return 'later';
    const ended = circuit.watch();
    try {
      const result = await startExecutionWorkflow(context, subject);
      void ended();
      context.owed.recovered();
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
    { row, start: tool, begun }: StartAndWaitRequest,
    signal: AbortSignal,
  ): Promise<StartResult | null> {
    if (!tool) return { started: true, here: false };
    for (;;) {
      const result = await tryStart({ execution: row, ...tool });
      if (result === 'later') return null;
      if (result !== 'retry') {
        if (row.approval_status !== null) context.owed.started(row.id);
        return result;
      }
      begun();
      await sleep(retryMs, undefined, { signal, ref: false }).catch(() => {});
      if (signal.aborted) return null;
    }
  }

  /** Starts the workflow of an execution whose first attempt is in progress: with its report, if that comes soon. */
  async function startBeside(
    { row, start: tool, waitMs }: StartAndWaitRequest,
    attempt: Promise<AttemptReport>,
  ): Promise<StartResult | null> {
    // When the attempt fails unexpectedly, its workflow makes it.
    const ended = attempt.catch(() => null);
    const report = waitMs > 0 ? await within(ended, reportWaitMs) : null;
    if (report) {
      // The response goes first.
      await nextTurn();
      // Of an execution that has ended, nothing waits for the workflow: it gives way to requests.
      if (report.state !== 'retry') await context.quiet.next();
    } else void ended.then((late) => late && context.headStart.keepReport(row.id, late));
    const subject = { execution: row, ...tool!, report, deadlineMs: owedStartDeadlineMs };
    let result = await tryStart(subject);
    if (result === 'retry') {
      await sleep(retryMs, undefined, { ref: false });
      result = await tryStart(subject);
    }
    if (typeof result === 'string') {
      context.owed.failed();
      return null;
    }
    context.owed.started(row.id);
    return result;
  }

  async function startAndWait(request: StartAndWaitRequest): Promise<Execution> {
    const { row, waitMs, begun, makeFirst } = request;
    const wait = waitMs > 0 ? waitForOutcome(context, row) : null;
    const attempt = makeFirst?.() ?? null;
    const starting = attempt
      ? startBeside(request, attempt)
      : start(request, wait?.over ?? AbortSignal.abort());
    starting.then(begun, begun);
    if (attempt) context.owed.watch(starting);
    try {
      const ended = wait ? await wait.done({ waitMs, starting, attempt }) : void (await starting);
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
    return toExecution(context, now ?? { ...row, ...unlinked, attempt_rows: [], approval: null });
  }

  return (request) => inScope({ executionId: request.row.id }, () => startAndWait(request));
}

/** The result if it comes within `ms`, else null. */
async function within<T>(result: Promise<T>, ms: number): Promise<T | null> {
  const late = Promise.withResolvers<null>();
  const timer = setTimeout(late.resolve, ms, null);
  return Promise.race([result, late.promise]).finally(() => clearTimeout(timer));
}
