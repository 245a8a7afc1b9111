import type { Sinks } from '@temporalio/workflow';

/** A workflow that has ended. Times are those of Temporal, in milliseconds since 1970. */
export interface EndedWorkflow {
  traceparent: string;
  workflowType: string;
  workflowId: string;
  runId: string;
  startMs: number;
  endMs: number;
  failed: boolean;
}

/** What workflow code, which can reach nothing, tells the process around it. */
export interface TraceSinks extends Sinks {
  trace: { ended(workflow: EndedWorkflow): void };
}
