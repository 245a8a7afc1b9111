import type { SystemConnection } from '../../platform/db/database.ts';

export interface AccountRow {
  id: string;
  name: string;
  /** In lower case. */
  email: string;
}

/** The members of an organization. */
export function listMemberAccounts(connection: SystemConnection, tenantId: string): Promise<AccountRow[]> {
  return connection.query<AccountRow & Record<string, unknown>>({
    text: `SELECT u.id, u.name, lower(u.email) AS email FROM auth.member m JOIN auth."user" u ON u.id = m."userId"
      WHERE m."organizationId" = $1 ORDER BY lower(u.name), u.id LIMIT 1000`,
    values: [tenantId],
  });
}

export async function readAccount(connection: SystemConnection, userId: string): Promise<AccountRow | null> {
  const [row] = await connection.query<AccountRow & Record<string, unknown>>({
    text: 'SELECT id, name, lower(email) AS email FROM auth."user" WHERE id = $1',
    values: [userId],
  });
  return row ?? null;
}

/** A member with this id or one of these mailboxes (`personOf`). */
export async function findMember(
  connection: SystemConnection,
  tenantId: string,
  { id, mailboxes }: { id: string | null; mailboxes: string[] },
): Promise<{ name: string } | null> {
  const [row] = await connection.query<{ name: string }>({
    text: `SELECT u.name FROM auth.member m JOIN auth."user" u ON u.id = m."userId" WHERE m."organizationId" = $1
      AND (u.id = $2 OR regexp_replace(lower(u.email), '\\+[^@]*(?=@)', '') = ANY ($3)) LIMIT 1`,
    values: [tenantId, id, mailboxes],
  });
  return row ?? null;
}

/** Deletes an account with its sessions and sign-in methods, unless it belongs to an organization. @returns whether it is gone */
export async function deleteAccount(connection: SystemConnection, userId: string): Promise<boolean> {
  await connection.query({
    text: `DELETE FROM auth."user" u WHERE u.id = $1 AND u.platform_admin IS NOT TRUE
      AND NOT EXISTS (SELECT FROM auth.member m WHERE m."userId" = u.id)`,
    values: [userId],
  });
  return (await readAccount(connection, userId)) === null;
}

/** Invitations to these addresses, in lower case. @returns how many there were */
export async function deleteInvitations(
  connection: SystemConnection,
  tenantId: string,
  emails: string[],
): Promise<number> {
  const rows = await connection.query({
    text: 'DELETE FROM auth.invitation WHERE "organizationId" = $1 AND lower(email) = ANY ($2) RETURNING 1',
    values: [tenantId, emails],
  });
  return rows.length;
}
