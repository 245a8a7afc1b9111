import type { SystemConnection } from '../../platform/db/database.ts';

export interface SessionRow {
  id: string;
  user_agent: string | null;
  address: string | null;
  last_seen_at: Date;
  created_at: Date;
  expires_at: Date;
}

/** Of an account, the latest first. */
export function listSessions(connection: SystemConnection, userId: string): Promise<SessionRow[]> {
  return connection.query<SessionRow & Record<string, unknown>>({
    text: `SELECT id, "userAgent" AS user_agent, nullif("ipAddress", '') AS address, "createdAt" AS created_at,
        coalesce(last_seen_at, "updatedAt") AS last_seen_at, "expiresAt" AS expires_at
      FROM auth.session WHERE "userId" = $1 AND "expiresAt" > now() ORDER BY last_seen_at DESC, id LIMIT 200`,
    values: [userId],
  });
}

/** @returns the ids of those that were there */
export async function deleteSessions(
  connection: SystemConnection,
  userId: string,
  which: { id: string } | { except: string },
): Promise<string[]> {
  const [condition, id] = 'id' in which ? ['id = $2', which.id] : ['id <> $2', which.except];
  const rows = await connection.query<{ id: string }>({
    text: `DELETE FROM auth.session WHERE "userId" = $1 AND ${condition} RETURNING id`,
    values: [userId, id],
  });
  return rows.map((row) => row.id);
}

export async function updateName(connection: SystemConnection, userId: string, name: string): Promise<void> {
  await connection.query({
    text: 'UPDATE auth."user" SET name = $2, "updatedAt" = now() WHERE id = $1',
    values: [userId, name],
  });
}

/** The person of this account has shown that the address is theirs. */
export async function verifyAddress(
  connection: SystemConnection,
  userId: string,
  email: string,
): Promise<void> {
  await connection.query({
    text: 'UPDATE auth."user" SET "emailVerified" = true, "updatedAt" = now() WHERE id = $1 AND email = $2',
    values: [userId, email],
  });
}

/** The organizations that a person belongs to. */
export async function listTenantsOf(connection: SystemConnection, userId: string): Promise<string[]> {
  const rows = await connection.query<{ id: string }>({
    text: 'SELECT "organizationId" AS id FROM auth.member WHERE "userId" = $1 ORDER BY 1',
    values: [userId],
  });
  return rows.map((row) => row.id);
}

/** @param password its hash. @throws pg.DatabaseError when the email address has an account */
export async function insertAccount(
  connection: SystemConnection,
  account: { id: string; accountId: string; email: string; name: string; password: string },
): Promise<void> {
  await connection.query({
    text: `INSERT INTO auth."user" (id, name, email, "emailVerified", platform_admin) VALUES ($1, $2, $3, false, false)`,
    values: [account.id, account.name, account.email],
  });
  await connection.query({
    text: `INSERT INTO auth.account (id, "accountId", "providerId", "userId", password, "updatedAt")
      VALUES ($1, $2, 'credential', $2, $3, now())`,
    values: [account.accountId, account.id, account.password],
  });
}

/** @returns false when the slug is taken */
export async function insertOrganization(
  connection: SystemConnection,
  { id, slug, name }: { id: string; slug: string; name: string },
): Promise<boolean> {
  const rows = await connection.query({
    text: `INSERT INTO auth.organization (id, slug, name, "createdAt") VALUES ($1, $2, $3, now())
      ON CONFLICT (slug) DO NOTHING RETURNING id`,
    values: [id, slug, name],
  });
  return rows.length > 0;
}

/** Its row is locked. @returns the name before */
export async function renameRow(
  connection: SystemConnection,
  tenantId: string,
  name: string,
): Promise<string | null> {
  const [row] = await connection.query<{ name: string }>({
    text: `WITH before AS (SELECT id, name FROM auth.organization WHERE id = $1)
      UPDATE auth.organization o SET name = $2 FROM before WHERE o.id = before.id RETURNING before.name`,
    values: [tenantId, name],
  });
  return row?.name ?? null;
}
