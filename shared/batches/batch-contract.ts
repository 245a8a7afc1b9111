import { TypedSearchAttributes } from '@temporalio/common';
import { searchAttributes } from '../executions/execution-contract.ts';

/** What crosses Temporal: ids, never a payload. */
export interface RunBatchArgs {
  tenantId: string;
  batchId: string;
  /** Of the batch: its row has another one when another workflow goes on with it. */
  round: number;
  /** Events after which it continues as new. */
  historyLimit: number;
}

/** A batch whose workflow may have to be started. */
export interface BatchStart {
  batchId: string;
  round: number;
  total: number;
}

/** What a round of work came to: nothing is left for this workflow, or it looks again after a while. */
export type BatchReport =
  /** `runWorkflowId`: the run of a playbook that waits for its end. */
  | { state: 'ended'; runWorkflowId?: string }
  /** `moved`: something has happened, so it is soon worth another look. */
  | { state: 'waiting'; afterMs: number; moved: boolean; message: string };

export const runBatchWorkflowName = 'runBatchWorkflow';
/** It was paused, resumed or cancelled: the row says which. */
export const batchChangedName = 'batchChanged';

export const batchWorkflowId = ({ id, round }: { id: string; round: number }): string =>
  `batch-${id}-${round}`;

/** The options with which a batch is run. The id is derived, so that starting twice is harmless. */
export function batchWorkflow(args: RunBatchArgs) {
  return {
    workflowId: batchWorkflowId({ id: args.batchId, round: args.round }),
    args: [args] as [RunBatchArgs],
    // Closed by someone, it does not begin again: the batch is paused then.
    workflowIdReusePolicy: 'REJECT_DUPLICATE' as const,
    typedSearchAttributes: new TypedSearchAttributes([
      { key: searchAttributes.tenantId, value: args.tenantId },
    ]),
  };
}
