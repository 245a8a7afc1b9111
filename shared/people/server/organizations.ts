import { v7 as uuidv7 } from 'uuid';
import { tell } from '../../events/server/tell.ts';
import { authorize } from '../../identity/roles.ts';
import { findTenantId } from '../../identity/server/person.ts';
import { InterlockError } from '../../platform/error-codes.ts';
import { insertOrganization, renameRow } from '../db/account.ts';
import { listMembers, lockOrganization, readRolesNow } from '../db/members.ts';
import type { NewInvitation } from '../people-schemas.ts';
import { changePeople, type PeopleContext } from './change-people.ts';
import { withLink, writeInvitation } from './invitations.ts';

export interface CreatedOrganization {
  id: string;
  slug: string;
  name: string;
  invitation: NewInvitation;
}

/**
 * Creates an organization, and invites its first tenant admin.
 * @throws InterlockError `forbidden`, or `already_exists` when the slug is taken; then nothing was created
 */
export async function createOrganization(
  context: PeopleContext,
  { slug, name, adminEmail }: { slug: string; name: string; adminEmail: string },
): Promise<CreatedOrganization> {
  const { services, identity } = context;
  const id = uuidv7();
  const { row, link } = await services.db.accounts(async (connection) => {
    authorize({ ...identity, roles: await readRolesNow(connection, identity) }, 'organizations.write');
    if (!(await insertOrganization(connection, { id, slug, name })))
      throw new InterlockError('already_exists', `There is an organization ${slug}. Nothing was created.`, {
        issues: [{ path: '/slug', message: 'is taken', keyword: 'unique' }],
      });
    await tell(
      connection,
      { ...context, identity: { ...identity, tenantId: id } },
      { type: 'OrganizationCreated', subjectType: 'organization', subjectId: id, data: { slug, name } },
    );
    return writeInvitation(connection, context, { tenantId: id, email: adminEmail, roles: ['tenant_admin'] });
  });
  return { id, slug, name, invitation: await withLink(context, row, link, name) };
}

/** Renames the caller's organization. Its name in URLs stays. @throws InterlockError `forbidden` */
export async function renameOrganization(context: PeopleContext, name: string): Promise<void> {
  const { tenantId } = context.identity;
  await changePeople(context, 'members.write', async ({ connection }) => {
    const before = await renameRow(connection, tenantId, name);
    if (before === name) return;
    await tell(connection, context, {
      type: 'OrganizationRenamed',
      subjectType: 'organization',
      subjectId: tenantId,
      data: { from: before, to: name },
    });
  });
}

/**
 * Invites a tenant admin to an organization that has none: its first invitation was lost.
 * @throws InterlockError `forbidden`, `not_found`, or `conflict` when it has one, who invites others
 */
export async function inviteAdmin(
  context: PeopleContext,
  { slug, email }: { slug: string; email: string },
): Promise<NewInvitation> {
  const { services, identity } = context;
  const tenantId = await findTenantId(services.db.authPool, slug);
  if (tenantId === null) throw new InterlockError('not_found', 'Organization not found.');
  const { row, link } = await services.db.accounts(async (connection) => {
    await lockOrganization(connection, tenantId);
    authorize({ ...identity, roles: await readRolesNow(connection, identity) }, 'organizations.write');
    if ((await listMembers(connection, tenantId)).some(({ roles }) => roles.includes('tenant_admin')))
      throw new InterlockError('conflict', 'This organization has a tenant admin, who can invite others.');
    return writeInvitation(connection, context, { tenantId, email, roles: ['tenant_admin'] });
  });
  return withLink(context, row, link, slug);
}
