import { type Actor, hasRole, peopleWith, type Role } from '../../identity/roles.ts';
import { type ErrorCode, InterlockError } from '../../platform/error-codes.ts';
import type { CompletionRow } from '../db/step-completions.ts';
import type { StepRow } from '../db/step-runs.ts';

/** Who wants to complete a step. */
export interface Subject {
  actor: Actor;
  roles: readonly Role[];
  person: string | null;
  /** As in `Identity`. The worker, which decides what the API has checked, does not know it. */
  accountableRoles?: readonly Role[] | null;
}

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

/** Whether the subject is this actor, or the same person under another account or key. */
export const isSame = (subject: Subject, actorId: string, person: string | null): boolean =>
  subject.actor.id === actorId || (subject.person !== null && subject.person === person);

export const isCandidate = (row: StepRow, { roles, person }: Pick<Subject, 'roles' | 'person'>): boolean =>
  (person !== null && row.candidate_users.includes(person)) ||
  row.candidate_roles.some((role) => hasRole(roles, role as Role));

/** "Only approvers can do this." */
export function onlyWords(row: StepRow): string {
  const who = [...row.candidate_users, ...row.candidate_roles.map(peopleWith)];
  return `Only ${who.join(' or ') || 'the playbook'} can do this.`;
}
