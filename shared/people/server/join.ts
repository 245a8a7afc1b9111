import { v7 as uuidv7 } from 'uuid';
import type { ChangeServices } from '../../events/server/change-context.ts';
import { tell } from '../../events/server/tell.ts';
import type { Actor } from '../../identity/roles.ts';
import { chosenPasswordProblem } from '../../identity/server/password-rules.ts';
import type { Person } from '../../identity/server/person.ts';
import { isUniqueViolation } from '../../platform/db/unique-violation.ts';
import { InterlockError } from '../../platform/error-codes.ts';
import { insertAccount, verifyAddress } from '../db/account.ts';
import { endInvitation, findByToken } from '../db/invitations.ts';
import { insertMember, listMembers, lockOrganization } from '../db/members.ts';
import type { Offer } from '../people-schemas.ts';
import type { PeopleServices } from './change-people.ts';
import { linkHashes } from './invitations.ts';

type JoinServices = ChangeServices & Pick<PeopleServices, 'accounts'>;

const noOffer = () =>
  new InterlockError(
    'not_found',
    'This invitation does not work: it has expired, was revoked, or was used. Ask a tenant admin for a new one.',
  );

/** What the holder of a link is offered. @throws InterlockError `not_found` */
export async function readOffer({ db }: ChangeServices, token: string): Promise<Offer> {
  const found = await db.accounts((connection) => findByToken(connection, linkHashes(token)));
  if (!found) throw noOffer();
  const { organization, slug, email, roles, inviter, hasAccount } = found;
  const expiresAt = found.expires_at.toISOString();
  return { organization, slug, email, roles, invitedBy: inviter.name, expiresAt, hasAccount };
}

export interface Joining {
  token: string;
  /** Who is signed in; null for a person without an account, who chooses the other two. */
  person: Person | null;
  name?: string | undefined;
  password?: string | undefined;
  requestId: string;
}

/**
 * Accepts an invitation, once. A person with an account joins with it; anyone else gets one. The link of the mail also shows
 * that the address is theirs.
 * @returns the organization's slug
 * @throws InterlockError `not_found`; `unauthorized` when there is an account and its person is not signed in;
 * `forbidden` for another person; `invalid_input` for a name or a password that cannot be used; then nothing was changed
 */
export async function join(services: JoinServices, joining: Joining): Promise<{ slug: string }> {
  const link = linkHashes(joining.token);
  const offer = await readOffer(services, joining.token);
  const { person } = joining;
  // Slow, so before the lock.
  const chosen = person ? null : await newAccount(services, offer, joining);
  if (person && person.email !== offer.email)
    throw new InterlockError(
      'forbidden',
      `This invitation is for ${offer.email}, and you are signed in as ${person.email}. Sign out to accept it.`,
    );
  const slug = await services.db
    .accounts(async (connection) => {
      const seen = await findByToken(connection, link);
      if (!seen) throw noOffer();
      const { tenant_id: tenantId, roles } = seen;
      await lockOrganization(connection, tenantId);
      // Someone was first, and has used or revoked it.
      const invitation = await findByToken(connection, link);
      if (!invitation) throw noOffer();
      const actor: Actor = person
        ? { type: 'user', id: person.id, name: person.name }
        : { type: 'user', id: chosen!.id, name: chosen!.name };
      if (chosen) await insertAccount(connection, chosen);
      // Who has the link of the mail reads the mailbox.
      if (invitation.byMail) await verifyAddress(connection, actor.id, invitation.email);
      const members = await listMembers(connection, tenantId);
      if (members.some(({ id }) => id === actor.id))
        throw new InterlockError('conflict', 'You are a member of this organization already.');
      await insertMember(connection, { id: uuidv7(), tenantId, userId: actor.id, roles });
      await endInvitation(connection, invitation.id, 'accepted');
      await tell(
        connection,
        { identity: { tenantId, actor }, requestId: joining.requestId },
        {
          type: 'MemberJoined',
          subjectType: 'member',
          subjectId: actor.id,
          data: {
            invitationId: invitation.id,
            invitedBy: invitation.inviter.name,
            roles,
            newAccount: chosen !== null,
            byMail: invitation.byMail,
          },
        },
      );
      return invitation.slug;
    })
    .catch((error: unknown) => {
      // Someone has made the account at the same time.
      if (isUniqueViolation(error)) throw noOffer();
      throw error;
    });
  services.accounts.forget();
  return { slug };
}

async function newAccount(
  { accounts }: JoinServices,
  { email, hasAccount }: Offer,
  { name = '', password = '' }: Joining,
): Promise<{ id: string; accountId: string; email: string; name: string; password: string }> {
  if (hasAccount) throw new InterlockError('unauthorized', `Sign in as ${email} to accept this invitation.`);
  const problem = chosenPasswordProblem(password);
  const issues = [
    ...(name.trim() === '' ? [{ path: '/name', message: 'is required', keyword: 'required' }] : []),
    ...(problem ? [{ path: '/password', message: problem, keyword: 'password' }] : []),
  ];
  if (issues.length > 0)
    throw new InterlockError('invalid_input', 'The account was not created.', { issues });
  return {
    id: uuidv7(),
    accountId: uuidv7(),
    email,
    name: name.trim(),
    password: await accounts.hashPassword(password),
  };
}
