import {
  type Identity,
  type MemberRole,
  type Role,
  readMemberRoles,
  rolesOfBoth,
} from '../../identity/roles.ts';
import { type KeyMetadata, metadataOf } from '../../identity/server/read-api-key.ts';
import type { SystemConnection } from '../../platform/db/database.ts';

/** Changes of one organization's members, invitations and keys happen one after the other. @returns false: it is not found */
export async function lockOrganization(connection: SystemConnection, tenantId: string): Promise<boolean> {
  const rows = await connection.query({
    text: 'SELECT id FROM auth.organization WHERE id = $1 FOR UPDATE',
    values: [tenantId],
  });
  return rows.length > 0;
}

export interface MemberRow {
  id: string;
  name: string;
  email: string;
  roles: MemberRole[];
  created_at: Date;
}

export async function listMembers(connection: SystemConnection, tenantId: string): Promise<MemberRow[]> {
  const rows = await connection.query<Omit<MemberRow, 'roles'> & { role: string }>({
    text: `SELECT u.id, u.name, lower(u.email) AS email, m.role, m."createdAt" AS created_at
      FROM auth.member m JOIN auth."user" u ON u.id = m."userId" WHERE m."organizationId" = $1`,
    values: [tenantId],
  });
  return rows.map(({ role, ...row }) => ({ ...row, roles: readMemberRoles(role) }));
}

export async function insertMember(
  connection: SystemConnection,
  { id, tenantId, userId, roles }: { id: string; tenantId: string; userId: string; roles: MemberRole[] },
): Promise<void> {
  await connection.query({
    text: `INSERT INTO auth.member (id, "organizationId", "userId", role, "createdAt") VALUES ($1, $2, $3, $4, now())`,
    values: [id, tenantId, userId, roles.join(',')],
  });
}

export async function updateMemberRoles(
  connection: SystemConnection,
  { tenantId, userId, roles }: { tenantId: string; userId: string; roles: MemberRole[] },
): Promise<void> {
  await connection.query({
    text: 'UPDATE auth.member SET role = $3 WHERE "organizationId" = $1 AND "userId" = $2',
    values: [tenantId, userId, roles.join(',')],
  });
}

/** Sessions belong to the account: they end when it belongs to no organization any more. */
export async function deleteMember(
  connection: SystemConnection,
  { tenantId, userId }: { tenantId: string; userId: string },
): Promise<void> {
  await connection.query({
    text: 'DELETE FROM auth.member WHERE "organizationId" = $1 AND "userId" = $2',
    values: [tenantId, userId],
  });
  await connection.query({
    text: `DELETE FROM auth.session s USING auth."user" u WHERE s."userId" = $1 AND u.id = $1
      AND u.platform_admin IS NOT TRUE AND NOT EXISTS (SELECT FROM auth.member m WHERE m."userId" = $1)`,
    values: [userId],
  });
}

/** The roles that a caller has now: those in their identity may be some seconds old. */
export async function readRolesNow(
  connection: SystemConnection,
  { tenantId, actor }: Pick<Identity, 'tenantId' | 'actor'>,
): Promise<Role[]> {
  if (actor.type !== 'api_key') return rolesOfUser(connection, tenantId, actor.id);
  const [key] = await connection.query<{ meta: Partial<KeyMetadata> }>({
    text: `SELECT ${metadataOf('k')} AS meta FROM auth.apikey k WHERE k.id = $1 AND k."referenceId" = $2
      AND k.enabled IS NOT FALSE AND (k."expiresAt" IS NULL OR k."expiresAt" > now())`,
    values: [actor.id, tenantId],
  });
  const { roles = [], accountableUserId } = key?.meta ?? {};
  return accountableUserId === undefined
    ? roles
    : rolesOfBoth(roles, await rolesOfUser(connection, tenantId, accountableUserId));
}

async function rolesOfUser(connection: SystemConnection, tenantId: string, userId: string): Promise<Role[]> {
  const [row] = await connection.query<{ role: string | null; platform_admin: boolean | null }>({
    text: `SELECT m.role, u.platform_admin FROM auth."user" u
      LEFT JOIN auth.member m ON m."userId" = u.id AND m."organizationId" = $2 WHERE u.id = $1`,
    values: [userId, tenantId],
  });
  return [...readMemberRoles(row?.role ?? ''), ...(row?.platform_admin ? ['platform_admin' as const] : [])];
}
