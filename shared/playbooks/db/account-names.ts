import type { Database } from '../../platform/db/database.ts';

/** The name of the account with this email address; null when there is none. */
export async function readAccountName(
  { authPool }: Pick<Database, 'authPool'>,
  email: string,
): Promise<string | null> {
  const { rows } = await authPool.query<{ name: string }>(
    'SELECT name FROM auth."user" WHERE email = lower($1)',
    [email.trim()],
  );
  return rows[0]?.name ?? null;
}
