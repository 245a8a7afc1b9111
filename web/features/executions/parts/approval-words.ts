import type { ApprovalStatus, ExecutionApproval } from '../../../../shared/executions/approval-schemas.ts';
import { anyoneWith } from '../../../../shared/identity/roles.ts';
import { formatList } from '../../../kit/format.ts';
import { t } from '../../../words/words.ts';

export const approvalStatusWords: Record<ApprovalStatus, string> = {
  waiting: t('Waiting'),
  approved: t('Approved'),
  rejected: t('Rejected'),
  expired: t('Expired'),
  cancelled: t('Ended before a decision'),
};

/** "1 of 2 approved, any approver may decide"; after the decision what it was. */
export function approvalWords({
  status,
  required,
  roles,
  votes,
}: Pick<ExecutionApproval, 'status' | 'required' | 'roles' | 'votes'>): string {
  const given = votes.filter(({ outcome }) => outcome === 'approved').length;
  const count = t`${given} of ${required} approved`;
  switch (status) {
    case 'waiting':
      return t`${count}, ${roles.map(anyoneWith).join(' or ')} may decide`;
    case 'approved':
      return t`Approved by ${formatList(votes.map(({ by }) => by.name))}`;
    case 'rejected':
      return t`Rejected by ${votes.at(-1)?.by.name ?? t('someone')}`;
    case 'expired':
      return t`Expired, ${count}`;
    case 'cancelled':
      return t`Ended before a decision, ${count}`;
  }
}
