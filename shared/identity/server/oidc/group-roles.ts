import type pg from 'pg';
import { v7 as uuidv7 } from 'uuid';
import { type Role, roles } from '../../roles.ts';
import type { OidcSettings } from './oidc-settings.ts';

/** The roles of a person in each organization that the settings name, by its slug; none where no group gives any. */
export function rolesOfGroups(
  { groups }: Pick<OidcSettings, 'groups'>,
  held: readonly string[],
): Map<string, Role[]> {
  const byTenant = new Map<string, Role[]>();
  for (const { tenant, group, roles: given } of groups) {
    const before = byTenant.get(tenant) ?? [];
    const all = held.includes(group) ? [...before, ...given] : before;
    byTenant.set(
      tenant,
      roles.filter((role) => all.includes(role)),
    );
  }
  return byTenant;
}

/** Whether any of these groups gives a role anywhere. */
export const mayEnter = (settings: Pick<OidcSettings, 'groups'>, held: readonly string[]): boolean =>
  settings.groups.some(({ group }) => held.includes(group));

/** What single sign-on has changed about a membership; no roles: the person is no member any more. */
export interface MembershipChange {
  tenantId: string;
  userId: string;
  name: string;
  before: string[];
  roles: Role[];
}

/** Makes the memberships of a person those that their groups give. Other organizations stay as they are. */
export async function applyGroupRoles(
  pool: pg.Pool,
  userId: string,
  given: ReadonlyMap<string, Role[]>,
): Promise<MembershipChange[]> {
  const client = await pool.connect();
  try {
    await client.query('BEGIN');
    // Two sign-ins of one person at once would both add the member.
    const { rows } = await client.query<{ name: string }>(
      `SELECT name FROM auth."user" WHERE id = $1 FOR UPDATE`,
      [userId],
    );
    const changes: MembershipChange[] = [];
    for (const [slug, next] of given) {
      const found = await client.query<{ tenant: string; member: string | null; role: string | null }>(
        `SELECT o.id AS tenant, m.id AS member, m.role FROM auth.organization o
         LEFT JOIN auth.member m ON m."organizationId" = o.id AND m."userId" = $2 WHERE o.slug = $1`,
        [slug, userId],
      );
      const membership = found.rows[0];
      if (!membership) continue;
      const { tenant: tenantId, member, role } = membership;
      const joined = next.join(',');
      if ((role ?? '') === joined) continue;
      if (next.length === 0) await client.query('DELETE FROM auth.member WHERE id = $1', [member]);
      else if (member === null)
        await client.query(
          `INSERT INTO auth.member (id, "organizationId", "userId", role, "createdAt") VALUES ($1, $2, $3, $4, now())`,
          [uuidv7(), tenantId, userId, joined],
        );
      else await client.query('UPDATE auth.member SET role = $2 WHERE id = $1', [member, joined]);
      changes.push({
        tenantId,
        userId,
        name: rows[0]?.name ?? '',
        before: role?.split(',') ?? [],
        roles: next,
      });
    }
    await client.query('COMMIT');
    return changes;
  } catch (error) {
    await client.query('ROLLBACK');
    throw error;
  } finally {
    client.release();
  }
}
