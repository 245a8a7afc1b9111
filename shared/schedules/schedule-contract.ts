import { TypedSearchAttributes } from '@temporalio/common';
import { searchAttributes } from '../executions/execution-contract.ts';

/** What crosses Temporal: ids, never a payload. */
export interface RunScheduledArgs {
  tenantId: string;
  scheduleId: string;
  /** Of the schedule, when Temporal learned of it: so the reconciler sees which one Temporal has. */
  revision: number;
  /** The fire whose row is written already: started by hand, or its workflow was lost, or it continues as new. */
  runId?: string;
  /** Events after which it continues as new. */
  historyLimit: number;
}

/** A fire, by the time that it is for or by its row. */
export interface Fire {
  tenantId: string;
  scheduleId: string;
  /** ISO 8601. */
  scheduledAt?: string;
  runId?: string;
  workflowId: string;
}

export interface StartedFire {
  tenantId: string;
  runId: string;
}

export const runScheduledWorkflowName = 'runScheduledWorkflow';
/** What it has started has ended: the row says how. */
export const scheduledRunEndedName = 'scheduledRunEnded';

/** The id of its Schedule in Temporal. */
export const temporalScheduleId = (id: string): string => `schedule-${id}`;

/** Temporal adds the time to it. */
export const firedWorkflowId = (id: string): string => `scheduled-${id}`;

/** The workflow of a fire that Temporal's Schedule does not start. */
export function scheduledRunWorkflow(args: RunScheduledArgs & { runId: string }) {
  return {
    workflowId: `scheduled-${args.scheduleId}-run-${args.runId}`,
    args: [args] as [RunScheduledArgs],
    workflowIdReusePolicy: 'REJECT_DUPLICATE' as const,
    typedSearchAttributes: tenantAttribute(args.tenantId),
  };
}

export const tenantAttribute = (tenantId: string) =>
  new TypedSearchAttributes([{ key: searchAttributes.tenantId, value: tenantId }]);
