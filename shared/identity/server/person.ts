import type pg from 'pg';
import { type Role, roles } from '../roles.ts';

export interface Tenant {
  id: string;
  slug: string;
  name: string;
  roles: Role[];
}

export interface Person {
  id: string;
  name: string;
  email: string;
  tenants: Tenant[];
}

/**
 * A person with the tenants that they may enter: every tenant for a platform admin, for everyone else those that
 * they are a member of. Memberships come first.
 * @returns null when the person is not found
 */
export async function readPerson(pool: pg.Pool, userId: string): Promise<Person | null> {
  const { rows } = await pool.query<{
    name: string;
    email: string;
    platform_admin: boolean | null;
    id: string | null;
    slug: string;
    tenant: string;
    role: string | null;
  }>(
    `SELECT u.name, u.email, u.platform_admin, o.id, o.slug, o.name AS tenant, m.role
     FROM auth."user" u
     LEFT JOIN auth.organization o ON u.platform_admin OR EXISTS (
       SELECT 1 FROM auth.member each WHERE each."userId" = u.id AND each."organizationId" = o.id)
     LEFT JOIN auth.member m ON m."userId" = u.id AND m."organizationId" = o.id
     WHERE u.id = $1 ORDER BY m.role IS NULL, o.name`,
    [userId],
  );
  const first = rows[0];
  if (!first) return null;
  return {
    id: userId,
    name: first.name,
    email: first.email,
    tenants: rows.flatMap((row) => {
      if (!row.id) return [];
      const held = roles.filter((role) => row.role?.split(',').includes(role) && role !== 'platform_admin');
      return [
        {
          id: row.id,
          slug: row.slug,
          name: row.tenant,
          roles: row.platform_admin ? [...held, 'platform_admin' as const] : held,
        },
      ];
    }),
  };
}

/** The account of this email address and the tenants that it is a member of. */
export async function findAccount(
  pool: pg.Pool,
  email: string,
): Promise<{ userId: string; name: string; tenantIds: string[] } | null> {
  const { rows } = await pool.query<{ id: string; name: string; tenants: string[] }>(
    `SELECT u.id, u.name, array_remove(array_agg(m."organizationId"), NULL) AS tenants
     FROM auth."user" u LEFT JOIN auth.member m ON m."userId" = u.id
     WHERE u.email = lower($1) GROUP BY u.id`,
    [email.trim()],
  );
  const row = rows[0];
  return row ? { userId: row.id, name: row.name, tenantIds: row.tenants } : null;
}

export async function findTenantId(pool: pg.Pool, slug: string): Promise<string | null> {
  const { rows } = await pool.query<{ id: string }>('SELECT id FROM auth.organization WHERE slug = $1', [
    slug,
  ]);
  return rows[0]?.id ?? null;
}

/** Who has given the right password in a sign-in that waits for a second factor. */
export async function findPendingEmail(pool: pg.Pool, identifier: string): Promise<string | null> {
  const { rows } = await pool.query<{ email: string }>(
    `SELECT u.email FROM auth.verification v JOIN auth."user" u ON u.id = v.value
     WHERE v.identifier = $1 AND v."expiresAt" > now()`,
    [identifier],
  );
  return rows[0]?.email ?? null;
}
