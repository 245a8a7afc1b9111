import { ContinueAsNew, proxySinks, workflowInfo } from '@temporalio/workflow';
import type { TraceSinks } from '../trace-sinks.ts';

/** A workflow that is a span of the trace that its argument names. Without one, nothing is different. */
export function traced<Args extends { traceparent?: string }>(
  workflow: (args: Args) => Promise<void>,
): (args: Args) => Promise<void> {
  return async (args) => {
    const { traceparent } = args;
    if (traceparent === undefined) return workflow(args);
    const startMs = Date.now();
    const ended = (failed: boolean) => {
      const { workflowType, workflowId, runId } = workflowInfo();
      proxySinks<TraceSinks>().trace.ended({
        traceparent,
        workflowType,
        workflowId,
        runId,
        startMs,
        endMs: Date.now(),
        failed,
      });
    };
    try {
      await workflow(args);
      ended(false);
    } catch (error) {
      ended(!(error instanceof ContinueAsNew));
      throw error;
    }
  };
}
