import type pg from 'pg';
import { type Role, roles } from '../roles.ts';

/** A person who belongs to a tenant. */
export interface Member {
  id: string;
  name: string;
  /** In lower case. */
  email: string;
  roles: Role[];
}

/** By name. Platform admins may enter every tenant and are members of none. */
export async function readMembers(pool: pg.Pool, tenantId: string): Promise<Member[]> {
  const { rows } = await pool.query<{ id: string; name: string; email: string; role: string }>(
    `SELECT u.id, u.name, lower(u.email) AS email, m.role
     FROM auth.member m JOIN auth."user" u ON u.id = m."userId"
     WHERE m."organizationId" = $1 ORDER BY lower(u.name), u.id`,
    [tenantId],
  );
  return rows.map(({ role, ...member }) => ({
    ...member,
    roles: roles.filter((each) => each !== 'platform_admin' && role.split(',').includes(each)),
  }));
}

/** The member with this id or email address. */
export function findMember(members: Member[], reference: string): Member | null {
  const email = reference.trim().toLowerCase();
  return members.find((member) => member.id === reference || member.email === email) ?? null;
}
