import { hasRole, personOf, type Role } from '../../identity/roles.ts';
import { readMembers } from '../../identity/server/members.ts';
import { InterlockError } from '../../platform/error-codes.ts';
import { definitionOf } from '../steps/registry.ts';
import type { StepSituation } from './find-step.ts';
import type { PlaybookContext } from './run-context.ts';

/**
 * A vote is assigned only to those who could give it without the assignment: to whom the playbook or an earlier
 * assignment gives it, and to approvers. Otherwise assigning would make approvers.
 * @returns why this person or role could not give it; null when they could
 */
export async function whyNotApprover(
  { db }: Pick<PlaybookContext, 'db'>,
  { step, row }: StepSituation,
  to: { role: Role } | { user: string },
): Promise<InterlockError | null> {
  const definition = definitionOf(step);
  const planned = definition.human(step)?.assignee?.role ?? definition.defaultRole;
  const voters = ['approver', ...(planned ? [planned] : []), ...row.candidate_roles] as Role[];
  const votes = (held: readonly Role[]) => voters.some((role) => hasRole(held, role));
  if ('role' in to) return votes([to.role]) ? null : cannotApprove('/role');
  const person = personOf(to.user);
  if (row.candidate_users.includes(person)) return null;
  const members = await readMembers(db.authPool, row.tenant_id);
  const known = members.some((member) => personOf(member.email) === person && votes(member.roles));
  return known ? null : cannotApprove('/user');
}

const cannotApprove = (path: string) =>
  new InterlockError(
    'invalid_input',
    'Only people who may approve this step can get it. It was not reassigned.',
    {
      issues: [{ path, message: 'may not approve this step', keyword: 'approver' }],
    },
  );
