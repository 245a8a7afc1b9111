import { anyoneWith, hasRole, type Role } from '../../identity/roles.ts';
import { isSame, onlyThese, type Subject, whyNotKey } from '../../identity/subject.ts';
import { agoWords } from '../../platform/ago-words.ts';
import { type ErrorCode, InterlockError } from '../../platform/error-codes.ts';
import type { ApprovalJson, ListedApproval, VoteJson } from '../db/executions-approval.ts';
import type { ExecutionRow } from '../db/executions-row.ts';

type Decided = Pick<
  ExecutionRow,
  'status' | 'approval_status' | 'failure_code' | 'requested_by_actor_id' | 'tool_name'
>;

interface Refusal {
  code: ErrorCode;
  message: string;
}

/** Those who approved: each is another person, because a person has one vote. */
export const approvals = ({ votes }: Pick<ApprovalJson, 'votes'>): VoteJson[] =>
  votes.filter(({ outcome }) => outcome === 'approved');

/** "1 of 2 approvals" */
export const approvalsOf = (approval: ApprovalJson): string =>
  `${approvals(approval).length} of ${approval.required} approval${approval.required === 1 ? '' : 's'}`;

/** "Any approver or any tool admin": the people whom it waits for. */
export const whoDecides = ({ roles }: Pick<ApprovalJson, 'roles'>): string =>
  roles.map(anyoneWith).join(' or ').replace(/^any /, 'Any ');

/** Why no one may decide now: it was decided, has expired or has ended. @param over its approval has expired */
export function refusedByApproval(row: Decided, approval: ListedApproval, over: boolean): Refusal | null {
  if (row.approval_status === 'waiting' && row.status === 'requested')
    return over ? { code: 'conflict', message: 'The approval has expired. Nothing was sent.' } : null;
  const last = approval.votes.at(-1);
  switch (row.approval_status) {
    case 'approved':
    case 'rejected':
      return {
        code: 'conflict',
        message: `Already ${row.approval_status} by ${last?.actor_name ?? 'someone'}${last ? `, ${agoWords(Date.now() - Date.parse(last.created_at))}` : ''}.`,
      };
    case 'expired':
      return { code: 'conflict', message: 'The approval has expired. Nothing was sent.' };
    default:
      return {
        code: 'conflict',
        message: `The execution ended before a decision (${row.failure_code ?? row.status}).`,
      };
  }
}

/** The vote of the same person, with whichever account or key. */
export const ownVote = ({ votes }: Pick<ApprovalJson, 'votes'>, subject: Subject): VoteJson | undefined =>
  votes.find((each) => isSame(subject, each.actor_id, each.person));

/** Why this subject may not approve or reject. While it waits, who approved may still reject. */
export function refusedByPerson(
  row: Decided,
  approval: ListedApproval,
  subject: Subject,
  outcome: VoteJson['outcome'] = 'approved',
): Refusal | null {
  const { roles, four_eyes, requester_person } = approval;
  const has = ({ roles: held }: { roles: readonly Role[] }) => roles.some((role) => hasRole(held, role));
  const only = onlyThese([], roles, 'no one');
  const forbidden = (message: string): Refusal => ({ code: 'forbidden', message });
  if (!has(subject)) return forbidden(only);
  const key = whyNotKey(subject, has, only);
  if (key) return forbidden(key);
  // A vote is that of a person.
  if (subject.person === null) return forbidden('An approval needs an identified person.');
  if (outcome === 'approved' && ownVote(approval, subject))
    return {
      code: 'conflict',
      message: 'You have approved this already. Someone else must approve too.',
    };
  if (four_eyes && isSame(subject, row.requested_by_actor_id, requester_person))
    return forbidden('You asked for this execution, so someone else must decide.');
  return null;
}

/** @throws InterlockError */
export function refuse(refusal: Refusal | null): void {
  if (refusal) throw new InterlockError(refusal.code, refusal.message);
}
