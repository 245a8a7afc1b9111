import type { Database } from '../../platform/db/database.ts';

/** The name of the tenant's member with this email address; null when there is none. */
export async function readMemberName(
  { authPool }: Pick<Database, 'authPool'>,
  tenantId: string,
  email: string,
): Promise<string | null> {
  const { rows } = await authPool.query<{ name: string }>(
    `SELECT u.name FROM auth."user" u JOIN auth.member m ON m."userId" = u.id
     WHERE m."organizationId" = $1 AND u.email = lower($2)`,
    [tenantId, email.trim()],
  );
  return rows[0]?.name ?? null;
}
