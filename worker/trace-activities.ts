import type { Context } from '@temporalio/activity';
import type { ActivityInboundCallsInterceptor, InjectedSinks } from '@temporalio/worker';
import { executeToolWorkflowName } from '../shared/executions/execution-contract.ts';
import { inSpan, recordSpan } from '../shared/platform/server/tracing/tracing.ts';
import { inScope } from '../shared/platform/server/work-scope.ts';
import { readTraceparent, spanIdOfRun } from '../shared/platform/trace-context.ts';
import type { TraceSinks } from './trace-sinks.ts';

/** The spans of workflows: their activities belong to them, though these end first. */
export const traceSinks: InjectedSinks<TraceSinks> = {
  trace: {
    ended: {
      fn: (_info, { traceparent, workflowType, workflowId, runId, startMs, endMs, failed }) => {
        const parent = readTraceparent(traceparent);
        if (!parent) return;
        recordSpan({
          context: { ...parent, spanId: spanIdOfRun(runId) },
          parentSpanId: parent.spanId,
          name: workflowType,
          kind: 'consumer',
          startMs,
          endMs,
          attributes: { 'temporal.workflow.id': workflowId, 'temporal.workflow.run_id': runId },
          failed,
        });
      },
      callDuringReplay: false,
    },
  },
};

/** What an activity is about, as its argument says. Anyone with access to Temporal can put anything there. */
interface Named {
  executionId?: unknown;
  runId?: unknown;
  traceparent?: unknown;
  /** Of a completion. */
  message?: { traceparent?: unknown };
}

const textOf = (value: unknown): string | undefined => (typeof value === 'string' ? value : undefined);

/** Log lines of an activity name its execution or run; it is a span of the trace of the request that caused it. */
export function traceActivity({ info }: Context): ActivityInboundCallsInterceptor {
  return {
    execute(input, next) {
      const named = (input.args[0] ?? {}) as Named;
      const sent = readTraceparent(named.traceparent ?? named.message?.traceparent);
      const scope = { executionId: textOf(named.executionId), runId: textOf(named.runId) };
      return inScope(scope, () =>
        sent ? inSpan(info.activityType, spanOf(info, sent), () => next(input)) : next(input),
      );
    },
  };
}

function spanOf(
  { activityId, attempt, workflowExecution, workflowType }: Context['info'],
  sent: NonNullable<ReturnType<typeof readTraceparent>>,
) {
  // The span of a workflow that is one; else the request that sent a message to it.
  const parent =
    workflowExecution && workflowType === executeToolWorkflowName
      ? { ...sent, spanId: spanIdOfRun(workflowExecution.runId) }
      : sent;
  const attributes = {
    'temporal.workflow.id': workflowExecution?.workflowId,
    'temporal.activity.id': activityId,
    'temporal.activity.attempt': attempt,
  };
  return { kind: 'consumer', parent, attributes } as const;
}
