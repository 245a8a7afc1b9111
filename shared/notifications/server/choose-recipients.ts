import type { TailEvent } from '../../events/db/events.ts';
import { can, hasRole, personOf, type Role } from '../../identity/roles.ts';
import type { Member } from '../../identity/server/members.ts';
import type { Addressees, Saying } from './what-to-say.ts';

/**
 * Who is notified of what, by the roles and rights that they have now. Who did it is not, and no one is notified twice of one
 * event: the first saying counts.
 */
export function chooseRecipients(
  event: TailEvent,
  sayings: readonly Saying[],
  members: readonly Member[],
): { member: Member; saying: Saying }[] {
  return members.flatMap((member) => {
    const saying = sayings.find(
      (each) =>
        (each.inNameOf || member.id !== event.actor.id) &&
        can({ roles: member.roles }, each.needs) &&
        isAmong(member, each.to),
    );
    return saying ? [{ member, saying }] : [];
  });
}

function isAmong(
  { id, email, roles }: Member,
  { ids = [], mailboxes = [], roles: asked = [], permission, except }: Addressees,
): boolean {
  const person = personOf(email);
  if (except !== undefined && except !== null && except === person) return false;
  return (
    ids.includes(id) ||
    mailboxes.some((each) => each !== null && personOf(each) === person) ||
    asked.some((role) => hasRole(roles, role as Role)) ||
    (permission !== undefined && can({ roles }, permission))
  );
}
