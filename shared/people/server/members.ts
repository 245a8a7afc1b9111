import { readLastChange } from '../../events/db/last-change.ts';
import type { ReadContext } from '../../events/server/change-context.ts';
import { type CurrentState, refuseStale } from '../../events/server/refuse-stale.ts';
import { tell } from '../../events/server/tell.ts';
import { can, type MemberRole, rolesBeyond } from '../../identity/roles.ts';
import type { Member } from '../../identity/server/members.ts';
import { InterlockError } from '../../platform/error-codes.ts';
import { checkState, type IfMatch } from '../../platform/if-match.ts';
import { listKeysOf } from '../db/api-keys.ts';
import { listApps } from '../db/apps.ts';
import { listInvitationsBy } from '../db/invitations.ts';
import { deleteMember, listMembers, type MemberRow, updateMemberRoles } from '../db/members.ts';
import { memberState } from '../member-state.ts';
import { disconnectApps } from './apps.ts';
import { changePeople, type PeopleContext, refuseBeyond } from './change-people.ts';
import { revokeInvitations, revokeKeys } from './revoke.ts';

/** A member, and what ends with their membership besides the steps that they have claimed. */
export interface MemberDetail extends Member {
  holds: { apiKeys: string[]; invitations: string[] };
}

const memberNotFound = () => new InterlockError('not_found', 'Member not found.');

const viewOf = ({ id, name, email, roles }: MemberRow): Member => ({ id, name, email, roles });

/** @throws InterlockError `not_found` */
export function readMember({ services, identity }: ReadContext, userId: string): Promise<MemberDetail> {
  const { tenantId } = identity;
  return services.db.accounts(async (connection) => {
    const member = mustFind(await listMembers(connection, tenantId), userId);
    const keys = await listKeysOf(connection, tenantId, userId);
    const invitations = await listInvitationsBy(connection, tenantId, { userId });
    return {
      ...viewOf(member),
      holds: {
        apiKeys: keys.map(({ name, id }) => name ?? id),
        invitations: invitations.map(({ email }) => email),
      },
    };
  });
}

/**
 * Gives a member these roles and no others. Invitations that the member could no longer make are revoked; keys that the
 * member is accountable for do no more than the member may.
 * @throws InterlockError `not_found`, `forbidden`, `precondition_failed`, or `conflict` for the last tenant admin
 */
export async function setMemberRoles(
  context: PeopleContext,
  { userId, roles }: { userId: string; roles: MemberRole[] },
  ifMatch: IfMatch | undefined,
): Promise<Member> {
  const { tenantId } = context.identity;
  return changePeople(context, 'members.write', async ({ connection, held }) => {
    const members = await listMembers(connection, tenantId);
    const member = mustFind(members, userId);
    checkState(ifMatch, memberState(member));
    const added = roles.filter((role) => !member.roles.includes(role));
    const removed = member.roles.filter((role) => !roles.includes(role));
    if (added.length + removed.length === 0) return viewOf(member);
    refuseBeyond(held, added);
    if (!roles.includes('tenant_admin')) refuseLastAdmin(members, member);
    await updateMemberRoles(connection, { tenantId, userId, roles });
    const made = await listInvitationsBy(connection, tenantId, { userId });
    const beyond = can({ roles }, 'members.write')
      ? made.filter((invitation) => rolesBeyond(roles, invitation.roles).length > 0)
      : made;
    await revokeInvitations(connection, context, beyond, 'the inviter has lost the right to make it');
    await tell(connection, context, {
      type: 'MemberRolesChanged',
      subjectType: 'member',
      subjectId: userId,
      data: { name: member.name, added, removed },
    });
    return { ...viewOf(member), roles };
  }).catch(refuseStale(() => currentMember(context, userId)));
}

/**
 * Ends a membership, and with it the person's invitations and the keys that they are accountable for. Live streams end
 * within ten seconds. The steps that they have claimed: `releaseClaims`.
 * @returns who it was, and the ids of the keys
 * @throws InterlockError `not_found`, or `conflict` for the last tenant admin
 */
export async function removeMember(
  context: PeopleContext,
  userId: string,
): Promise<{ member: Member; keyIds: string[] }> {
  const { tenantId } = context.identity;
  return changePeople(context, 'members.write', async ({ connection }) => {
    const members = await listMembers(connection, tenantId);
    const member = mustFind(members, userId);
    refuseLastAdmin(members, member);
    const keys = await listKeysOf(connection, tenantId, userId);
    const reason = `${member.name}, who was accountable for it, was removed`;
    await revokeKeys(connection, context, keys, reason);
    const invitations = await listInvitationsBy(connection, tenantId, { userId });
    await revokeInvitations(connection, context, invitations, 'the inviter was removed');
    const apps = await listApps(connection, tenantId, userId);
    await disconnectApps(connection, context, apps, `${member.name} was removed`);
    await deleteMember(connection, { tenantId, userId });
    await tell(connection, context, {
      type: 'MemberRemoved',
      subjectType: 'member',
      subjectId: userId,
      data: {
        name: member.name,
        email: member.email,
        roles: member.roles,
        apiKeys: keys.length,
        invitations: invitations.length,
        apps: apps.length,
      },
    });
    return { member: viewOf(member), keyIds: keys.map(({ id }) => id) };
  });
}

function mustFind(members: MemberRow[], userId: string): MemberRow {
  const member = members.find(({ id }) => id === userId);
  if (!member) throw memberNotFound();
  return member;
}

function refuseLastAdmin(members: MemberRow[], { id, name, roles }: MemberRow): void {
  const isAdmin = (held: readonly MemberRole[]) => held.includes('tenant_admin');
  if (!isAdmin(roles) || members.some((other) => other.id !== id && isAdmin(other.roles))) return;
  throw new InterlockError(
    'conflict',
    `${name} is the last tenant admin. Make someone else a tenant admin first. Nothing was changed.`,
  );
}

async function currentMember(context: PeopleContext, userId: string): Promise<CurrentState> {
  const { services, identity } = context;
  const change = await services.db.tenant(identity.tenantId, (connection) =>
    readLastChange(connection, 'member', userId, ['MemberJoined', 'MemberRolesChanged']),
  );
  return {
    what: 'The member',
    changedBy: change?.actor ?? { type: 'system', id: 'setup', name: 'The setup' },
    changedAt: (change?.at ?? new Date()).toISOString(),
    current: await readMember(context, userId),
  };
}
