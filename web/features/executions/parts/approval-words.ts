import type { ApprovalStatus, ExecutionApproval } from '../../../../shared/executions/approval-schemas.ts';
import { anyoneWith } from '../../../../shared/identity/roles.ts';

export const approvalStatusWords: Record<ApprovalStatus, string> = {
  waiting: 'Waiting',
  approved: 'Approved',
  rejected: 'Rejected',
  expired: 'Expired',
  cancelled: 'Ended before a decision',
};

/** "1 of 2 approved, any approver may decide"; after the decision what it was. */
export function approvalWords({
  status,
  required,
  roles,
  votes,
}: Pick<ExecutionApproval, 'status' | 'required' | 'roles' | 'votes'>): string {
  const given = votes.filter(({ outcome }) => outcome === 'approved').length;
  const count = `${given} of ${required} approved`;
  switch (status) {
    case 'waiting':
      return `${count}, ${roles.map(anyoneWith).join(' or ')} may decide`;
    case 'approved':
      return `Approved by ${votes.map(({ by }) => by.name).join(' and ')}`;
    case 'rejected':
      return `Rejected by ${votes.at(-1)?.by.name ?? 'someone'}`;
    case 'expired':
      return `Expired, ${count}`;
    case 'cancelled':
      return `Ended before a decision, ${count}`;
  }
}
