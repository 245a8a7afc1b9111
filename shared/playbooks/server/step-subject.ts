import type { Actor, Role } from '../../identity/roles.ts';
import { type ErrorCode, InterlockError } from '../../platform/error-codes.ts';
import type { CompletionRow } from '../db/step-completions.ts';

/** Who wants to complete a step. */
export interface Subject {
  actor: Actor;
  roles: readonly Role[];
  person: string | null;
}

export interface Refusal {
  code: ErrorCode;
  message: string;
}

/** @throws InterlockError */
export function refuseIf(refusal: Refusal | null): void {
  if (refusal) throw new InterlockError(refusal.code, refusal.message);
}

export const actorOf = (completion: CompletionRow): Actor => ({
  type: completion.actor_type,
  id: completion.actor_id,
  name: completion.actor_name,
});

/** Whether the subject is this actor, or the same person under another account or key. */
export const isSame = (subject: Subject, actorId: string, person: string | null): boolean =>
  subject.actor.id === actorId || (subject.person !== null && subject.person === person);
