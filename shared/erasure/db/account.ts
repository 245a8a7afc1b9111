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

/** Names and metadata of the organization's API keys, those that were revoked too. */
export function listKeyTexts(
  connection: SystemConnection,
  tenantId: string,
): Promise<{ id: string; name: string; metadata: string }[]> {
  return connection.query<{ id: string; name: string; metadata: string }>({
    text: `SELECT id, coalesce(name, '') AS name, coalesce(metadata, '') AS metadata FROM auth.apikey WHERE "referenceId" = $1`,
    values: [tenantId],
  });
}

/** Also forgets from where the key was last used. */
export async function writeKeyTexts(
  connection: SystemConnection,
  tenantId: string,
  { id, name, metadata }: { id: string; name: string; metadata: string },
): Promise<void> {
  await connection.query({
    text: `UPDATE auth.apikey SET name = nullif($3, ''), metadata = nullif($4, ''), last_address = NULL WHERE "referenceId" = $1 AND id = $2`,
    values: [tenantId, id, name, metadata],
  });
}

/** The name of an account in invitations that it has made. */
export async function writeInviterName(
  connection: SystemConnection,
  tenantId: string,
  { userId, name }: { userId: string; name: string },
): Promise<void> {
  await connection.query({
    text: 'UPDATE auth.invitation SET inviter_name = $3 WHERE "organizationId" = $1 AND inviter_actor_id = $2',
    values: [tenantId, userId, name],
  });
}

/** What only this account saw: its views, with which its lists open, its notices and their settings. Shared views stay. */
export async function deleteOwn(
  connection: SystemConnection,
  tenantId: string,
  userId: string,
): Promise<void> {
  for (const table of [
    'push_subscription',
    'notification',
    'notification_setting',
    'presence',
    'presence_hidden',
  ])
    await connection.query({
      text: `DELETE FROM ${table} WHERE tenant_id = $1 AND user_id = $2`,
      values: [tenantId, userId],
    });
  await connection.query({
    text: 'DELETE FROM saved_view_default WHERE tenant_id = $1 AND owner_id = $2',
    values: [tenantId, userId],
  });
  await connection.query({
    text: 'DELETE FROM saved_view WHERE tenant_id = $1 AND owner_id = $2 AND NOT shared',
    values: [tenantId, userId],
  });
}

/** What an account has allowed apps here, and from where they came. They have ended with the membership. */
export async function deleteApps(
  connection: SystemConnection,
  tenantId: string,
  userId: string,
): Promise<void> {
  await connection.query({
    text: 'DELETE FROM auth.oauth_grant WHERE tenant_id = $1 AND user_id = $2',
    values: [tenantId, userId],
  });
}
