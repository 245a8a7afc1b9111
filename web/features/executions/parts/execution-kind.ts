import type { ExecutionStatus, FailureCode } from '../../../../shared/executions/failure-codes.ts';
import type { StatusKind } from '../../../kit/status.tsx';

export type ExecutionKind = Exclude<StatusKind, 'skipped' | 'pending' | 'paused'>;

/** How the status and failure code of an execution are shown. */
export function executionKind(execution: {
  status: ExecutionStatus;
  failure?: { code: FailureCode } | undefined;
}): ExecutionKind {
  if (execution.status !== 'failed') return execution.status;
  if (execution.failure?.code === 'outcome_unknown') return 'unknown';
  if (execution.failure?.code === 'cancelled') return 'cancelled';
  return 'failed';
}
