import { createHash, randomBytes } from 'node:crypto';
import { v7 as uuidv7 } from 'uuid';
import type { ReadContext } from '../../events/server/change-context.ts';
import { tell } from '../../events/server/tell.ts';
import { type MemberRole, personOf } from '../../identity/roles.ts';
import type { SystemConnection } from '../../platform/db/database.ts';
import { InterlockError } from '../../platform/error-codes.ts';
import type { WrittenLanguage } from '../../words/languages.ts';
import {
  findInvitation,
  type InvitationRow,
  insertInvitation,
  type LinkHashes,
  listInvitations,
  type NewInvitationRow,
  renewInvitation,
} from '../db/invitations.ts';
import { listMembers } from '../db/members.ts';
import type { Invitation, NewInvitation } from '../people-schemas.ts';
import { answerableUser, changePeople, type PeopleContext, refuseBeyond } from './change-people.ts';
import type { InvitationMail } from './mailer.ts';
import { revokeInvitations } from './revoke.ts';

const validMs = 7 * 24 * 3600_000;
/** The list is read whole. */
const maxPending = 200;

const invitationNotFound = () => new InterlockError('not_found', 'Invitation not found.');

const hashOf = (token: string): string => createHash('sha256').update(token).digest('base64url');

/** What a link holds: a token, and after a point, in the one that was sent by mail, a proof that it was. */
export function linkHashes(link: string): LinkHashes {
  const [token = '', proof] = link.split('.');
  return { token: hashOf(token), mail: proof === undefined ? null : hashOf(proof) };
}

export async function readInvitations({ services, identity }: ReadContext): Promise<Invitation[]> {
  const rows = await services.db.accounts((connection) => listInvitations(connection, identity.tenantId));
  return rows.map(viewOf);
}

/**
 * Invites someone to the caller's organization. The link works once, for a week; it is stored as a hash.
 * @throws InterlockError `forbidden`; `already_exists` for a member and for someone who has a pending invitation
 */
export async function invite(
  context: PeopleContext,
  { email, roles, language }: { email: string; roles: MemberRole[]; language?: WrittenLanguage | undefined },
): Promise<NewInvitation> {
  const { tenantId, tenantName } = context.identity;
  const { row, link } = await changePeople(context, 'members.write', async ({ connection, held }) => {
    refuseBeyond(held, roles);
    await refuseKnown(connection, tenantId, email);
    return writeInvitation(connection, context, { tenantId, email, roles });
  });
  return withLink(context, row, link, tenantName, language);
}

/**
 * A new link, in place of the one before. Who sends it again is answerable for the invitation from then on.
 * @throws InterlockError `not_found` or `forbidden`
 */
export async function resendInvitation(
  context: PeopleContext,
  id: string,
  language?: WrittenLanguage,
): Promise<NewInvitation> {
  const { tenantId, tenantName, actor } = context.identity;
  const { row, link } = await changePeople(context, 'members.write', async ({ connection, held }) => {
    const before = await findInvitation(connection, tenantId, id);
    if (!before) throw invitationNotFound();
    refuseBeyond(held, before.roles);
    const link = newLink();
    const renewed = {
      id,
      ...link.hashes,
      expiresAt: new Date(Date.now() + validMs),
      inviter: actor,
      inviterUserId: await answerableUser(connection, context),
    };
    await renewInvitation(connection, renewed);
    await tell(connection, context, {
      type: 'InvitationResent',
      subjectType: 'invitation',
      subjectId: id,
      data: { email: before.email, roles: before.roles },
    });
    return { row: { ...before, inviter: actor, expires_at: renewed.expiresAt }, link };
  });
  return withLink(context, row, link, tenantName, language);
}

/** Its link stops working. @throws InterlockError `not_found` */
export async function revokeInvitation(context: PeopleContext, id: string): Promise<void> {
  await changePeople(context, 'members.write', async ({ connection }) => {
    const row = await findInvitation(connection, context.identity.tenantId, id);
    if (!row) throw invitationNotFound();
    await revokeInvitations(connection, context, [row]);
  });
}

/** Writes an invitation with its event. @returns what its link holds, which is stored as hashes only */
export async function writeInvitation(
  connection: SystemConnection,
  context: PeopleContext,
  { tenantId, email, roles }: { tenantId: string; email: string; roles: MemberRole[] },
): Promise<{ row: InvitationRow; link: Link }> {
  const { identity } = context;
  const link = newLink();
  const now = new Date();
  const row: InvitationRow = {
    id: uuidv7(),
    tenant_id: tenantId,
    email,
    roles,
    inviter: identity.actor,
    created_at: now,
    expires_at: new Date(now.getTime() + validMs),
  };
  await insertInvitation(connection, {
    id: row.id,
    tenantId,
    email,
    roles,
    ...link.hashes,
    expiresAt: row.expires_at,
    inviter: identity.actor,
    inviterUserId: await answerableUser(connection, context),
  });
  await tell(
    connection,
    { ...context, identity: { ...identity, tenantId } },
    {
      type: 'MemberInvited',
      subjectType: 'invitation',
      subjectId: row.id,
      data: { email, roles, expiresAt: row.expires_at.toISOString() },
    },
  );
  return { row, link };
}

/** With its link, which is also sent by mail where that is set up. */
export async function withLink(
  { services, identity }: PeopleContext,
  row: InvitationRow,
  { token, proof }: Link,
  organization: string,
  language?: WrittenLanguage,
): Promise<NewInvitation> {
  // The part after # is sent to no server, so it is in no log.
  const link = `${new URL('/join', services.environment.publicUrl)}#${token}`;
  const mail: InvitationMail = {
    to: row.email,
    organization,
    invitedBy: identity.actor.name,
    // Only who reads this mailbox learns the proof: who accepts with it has shown that the address is theirs.
    link: `${link}.${proof}`,
    expiresAt: row.expires_at,
    language,
  };
  return { ...viewOf(row), link, mail: await services.mailer.invite(mail) };
}

/** @throws InterlockError `already_exists`, or `conflict` when there are too many */
async function refuseKnown(connection: SystemConnection, tenantId: string, email: string): Promise<void> {
  const members = await listMembers(connection, tenantId);
  const member = members.find((each) => personOf(each.email) === personOf(email));
  if (member)
    throw new InterlockError('already_exists', `${member.name} (${member.email}) is a member already.`);
  const pending = (await listInvitations(connection, tenantId)).filter(
    ({ expires_at }) => expires_at.getTime() > Date.now(),
  );
  const earlier = pending.find((each) => personOf(each.email) === personOf(email));
  if (earlier)
    throw new InterlockError(
      'already_exists',
      `${earlier.email} has an invitation already. Send it again, or revoke it first.`,
      { details: { invitationId: earlier.id } },
    );
  if (pending.length >= maxPending)
    throw new InterlockError('conflict', `An organization has at most ${maxPending} pending invitations.`);
}

interface Link {
  token: string;
  proof: string;
  hashes: Pick<NewInvitationRow, 'tokenHash' | 'mailTokenHash'>;
}

function newLink(): Link {
  const [token, proof] = [randomBytes(32).toString('base64url'), randomBytes(32).toString('base64url')];
  return { token, proof, hashes: { tokenHash: hashOf(token), mailTokenHash: hashOf(proof) } };
}

const viewOf = (row: InvitationRow): Invitation => ({
  id: row.id,
  email: row.email,
  roles: row.roles,
  status: row.expires_at.getTime() > Date.now() ? 'pending' : 'expired',
  invitedBy: row.inviter,
  createdAt: row.created_at.toISOString(),
  expiresAt: row.expires_at.toISOString(),
});
