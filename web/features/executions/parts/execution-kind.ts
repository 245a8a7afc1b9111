import type { ApprovalStatus } from '../../../../shared/executions/approval-schemas.ts';
import type { ExecutionStatus, FailureCode } from '../../../../shared/executions/failure-codes.ts';
import type { StatusKind } from '../../../kit/status.tsx';
import { t } from '../../../words/words.ts';

export type ExecutionKind = Exclude<StatusKind, 'skipped' | 'pending' | 'paused'>;

interface Shown {
  status: ExecutionStatus;
  failure?: { code: FailureCode } | undefined;
  approval?: { status: ApprovalStatus } | undefined;
}

/** How the status and failure code of an execution are shown. */
export function executionKind({ status, failure, approval }: Shown): ExecutionKind {
  if (status === 'requested' && approval?.status === 'waiting') return 'waiting';
  if (status !== 'failed') return status;
  if (failure?.code === 'outcome_unknown') return 'unknown';
  if (failure?.code === 'cancelled') return 'cancelled';
  return 'failed';
}

/** The word for it, where the approval says more than the status. */
export function executionWord({ status, failure, approval }: Shown): string | undefined {
  if (status === 'requested' && approval?.status === 'waiting') return t('Waiting for approval');
  if (failure?.code !== 'denied') return undefined;
  if (approval?.status === 'rejected') return t('Rejected');
  return approval?.status === 'expired' ? t('Approval expired') : undefined;
}
