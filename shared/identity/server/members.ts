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
  const { rows } = await pool.query<MemberRow>(
    `SELECT ${memberColumns} FROM ${membersOf} ORDER BY lower(u.name), u.id`,
    [tenantId],
  );
  return rows.map(memberOf);
}

type MemberRow = Omit<Member, 'roles'> & { role: string };
const memberColumns = 'u.id, u.name, lower(u.email) AS email, m.role';
const membersOf = `auth.member m JOIN auth."user" u ON u.id = m."userId" WHERE m."organizationId" = $1`;
const memberOf = ({ role, ...member }: MemberRow): Member => ({
  ...member,
  roles: roles.filter((each) => each !== 'platform_admin' && role.split(',').includes(each)),
});

/** So many are found at once. */
export const maxFound = 50;

/** Those whose name or address has a word that begins so, first those whose name begins so. */
export async function findMembers(pool: pg.Pool, tenantId: string, text: string): Promise<Member[]> {
  const { rows } = await pool.query<MemberRow>(
    `SELECT ${memberColumns} FROM ${membersOf}
       AND (strpos(' ' || lower(u.name), ' ' || $2) > 0 OR starts_with(lower(u.email), $2))
     ORDER BY NOT starts_with(lower(u.name), $2), lower(u.name), u.id LIMIT ${maxFound}`,
    [tenantId, text.trim().toLowerCase()],
  );
  return rows.map(memberOf);
}

/** Those with these ids or email addresses. */
export async function membersNamed(
  pool: pg.Pool,
  tenantId: string,
  references: readonly string[],
): Promise<Member[]> {
  const { rows } = await pool.query<MemberRow>(
    `SELECT ${memberColumns} FROM ${membersOf} AND (u.id = ANY ($2) OR lower(u.email) = ANY ($3))`,
    [tenantId, references, references.map((each) => each.toLowerCase())],
  );
  return rows.map(memberOf);
}

/** The member with this id or email address. */
export function findMember(members: Member[], reference: string): Member | null {
  const email = reference.trim().toLowerCase();
  return members.find((member) => member.id === reference || member.email === email) ?? null;
}
