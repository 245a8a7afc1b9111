import { type Actor, hasRole, type Role } from '../../identity/roles.ts';
import { onlyThese, type Subject } from '../../identity/subject.ts';
import { type ErrorCode, InterlockError } from '../../platform/error-codes.ts';
import type { CompletionRow } from '../db/step-completions.ts';
import type { StepRow } from '../db/step-runs.ts';

export interface Refusal {
  code: ErrorCode;
  message: string;
}

/** @throws InterlockError */
export function refuseIf(refusal: Refusal | null): void {
  if (refusal) throw new InterlockError(refusal.code, refusal.message);
}

export const actorOf = (row: Pick<CompletionRow, 'actor_type' | 'actor_id' | 'actor_name'>): Actor => ({
  type: row.actor_type,
  id: row.actor_id,
  name: row.actor_name,
});

export const isCandidate = (row: StepRow, { roles, person }: Pick<Subject, 'roles' | 'person'>): boolean =>
  (person !== null && row.candidate_users.includes(person)) ||
  row.candidate_roles.some((role) => hasRole(roles, role as Role));

/** "Only approvers can do this." */
export const onlyWords = (row: StepRow): string =>
  onlyThese(row.candidate_users, row.candidate_roles, 'the playbook');
