import { isDatabaseUnavailable } from '../../platform/db/database-errors.ts';
import { createReachability } from '../../platform/server/temporal/reachability.ts';
import { readExecution } from '../db/executions-read.ts';
import type { ExecutionRow } from '../db/executions-row.ts';
import type { Execution } from '../execution-schemas.ts';
import { isLongCall } from '../execution-start.ts';
import type { ExecutionContext } from './execution-context.ts';
import { toExecution } from './execution-view.ts';
import { createFairPlaces } from './fair-places.ts';
import type { TakeCall } from './prepared-call.ts';
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
}

/** Starts the workflow of a written execution and waits for its outcome. @returns the execution as it then is */
export type StartAndWait = (request: StartAndWaitRequest) => Promise<Execution>;

/** Callers that wait at once in this process; of more, a tenant over its share gets the present state at once. */
const waitingCallers = 2000;
const startedBefore: StartResult = { started: true, here: false };

export function createStartAndWait(context: ExecutionContext): StartAndWait {
  const reachability = createReachability(context.temporal.client);
  const places = createFairPlaces(waitingCallers);

  /** @returns null when Temporal is unreachable for the tenant: the row is written and will be started later */
  async function tryStart(subject: WorkflowSubject): Promise<StartResult | null> {
    const { tenant_id: tenantId } = subject.execution;
    if (reachability.isAway(tenantId)) return null;
    try {
      return await startExecutionWorkflow(context, subject);
    } catch (error) {
      reachability.failed(tenantId);
      context.log.warn(
        { executionId: subject.execution.id, reason: (error as Error).message },
        'a workflow could not be started; it will be retried',
      );
      return null;
    }
  }

  return async ({ row, start, takeCall, waitMs }) => {
    const ids = { tenantId: row.tenant_id, executionId: row.id };
    const free = waitMs > 0 ? places.take(row.tenant_id) : null;
    const wait = free && waitForOutcome(context, { id: row.id, toolName: row.tool_name });
    try {
      const started = start ? await tryStart({ execution: row, ...start }) : startedBefore;
      const here = started?.started === true && started.here;
      if (here && start && takeCall && !isLongCall(start.tool.definition))
        context.headStart.begin(ids, takeCall);
      const ended = started && (await wait?.done({ waitMs, startedHere: here }));
      if (ended) return toExecution(context, ended);
    } finally {
      wait?.dispose();
      free?.();
    }
    // It is written: the caller gets its id even if it cannot be read now.
    const now = await context.db
      .tenant(row.tenant_id, (connection) => readExecution(connection, row.tenant_id, row.id))
      .catch((error: unknown) => {
        if (!isDatabaseUnavailable(error)) throw error;
        return null;
      });
    return toExecution(context, now ?? { ...row, attempt_rows: [], reruns: [] });
  };
}
