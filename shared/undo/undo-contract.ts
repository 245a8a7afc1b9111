import { TypedSearchAttributes } from '@temporalio/common';
import { searchAttributes } from '../executions/execution-contract.ts';

/** What crosses Temporal: ids, never a payload. */
export interface UndoSeriesArgs {
  tenantId: string;
  seriesId: string;
  /** Of the series: its row has another one when another workflow goes on with it. */
  round: number;
  /** Events after which it continues as new. */
  historyLimit: number;
}

/** Nothing is left for this workflow, or it looks again after a while. */
export type UndoReport = { state: 'ended' } | { state: 'waiting'; moved: boolean; message: string };

export const undoSeriesWorkflowName = 'undoSeriesWorkflow';

export const undoWorkflowId = ({ id, round }: { id: string; round: number }): string => `undo-${id}-${round}`;

/** The options with which a series is run. The id is derived, so that starting twice is harmless. */
export function undoWorkflow(args: UndoSeriesArgs) {
  return {
    workflowId: undoWorkflowId({ id: args.seriesId, round: args.round }),
    args: [args] as [UndoSeriesArgs],
    // Closed by someone, it does not begin again: the series is stopped then.
    workflowIdReusePolicy: 'REJECT_DUPLICATE' as const,
    typedSearchAttributes: new TypedSearchAttributes([
      { key: searchAttributes.tenantId, value: args.tenantId },
    ]),
  };
}
