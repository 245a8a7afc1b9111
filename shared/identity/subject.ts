import { type Identity, peopleWith, type Role } from './roles.ts';

/**
 * Who wants to decide something. `accountableRoles` and `limits` as in `Identity`; the worker, which checks again, does not
 * know them.
 */
export type Subject = Pick<Identity, 'actor' | 'roles' | 'person' | 'accountableRoles' | 'limits'>;

/** Whether the subject is this actor, or the same person under another account or key. */
export const isSame = (subject: Subject, actorId: string, person: string | null): boolean =>
  subject.actor.id === actorId || (subject.person !== null && subject.person === person);

/**
 * Why an API key may not decide: it decides as the person who is accountable for it, who must be allowed to decide too.
 * @param mayDecide whether someone with these roles may
 * @param only "Only approvers can do this."
 * @returns null when it may, and for everyone who is not a key
 */
export function whyNotKey(
  { actor, person, accountableRoles }: Subject,
  mayDecide: (held: { roles: readonly Role[]; person: string }) => boolean,
  only: string,
): string | null {
  if (actor.type !== 'api_key') return null;
  if (person === null || accountableRoles === null)
    return 'This API key cannot approve, because no member is accountable for it. Sign in to approve.';
  return accountableRoles && !mayDecide({ roles: accountableRoles, person })
    ? `${only} ${person}, who is accountable for this API key, cannot.`
    : null;
}

/** "Only approvers or tool admins can do this." @param nobody the words where there is none */
export const onlyThese = (users: readonly string[], roles: readonly string[], nobody: string): string =>
  `Only ${[...users, ...roles.map(peopleWith)].join(' or ') || nobody} can do this.`;
