import { type Actor, type MemberRole, readMemberRoles } from '../../identity/roles.ts';
import type { SystemConnection } from '../../platform/db/database.ts';

export interface InvitationRow {
  id: string;
  tenant_id: string;
  email: string;
  roles: MemberRole[];
  inviter: Actor;
  created_at: Date;
  expires_at: Date;
}

const columns = `i.id, i."organizationId" AS tenant_id, i.email, i.role,
  json_build_object('type', coalesce(i.inviter_type, 'user'), 'id', coalesce(i.inviter_actor_id, i."inviterId"),
    'name', coalesce(i.inviter_name, '')) AS inviter,
  i."createdAt" AS created_at, i."expiresAt" AS expires_at`;

type Stored = Omit<InvitationRow, 'roles'> & { role: string | null };

const rowOf = ({ role, ...row }: Stored): InvitationRow => ({ ...row, roles: readMemberRoles(role ?? '') });

/** Newest first: those that can be accepted, and those that expired within a month. */
export async function listInvitations(
  connection: SystemConnection,
  tenantId: string,
): Promise<InvitationRow[]> {
  const rows = await connection.query<Stored>({
    text: `SELECT ${columns} FROM auth.invitation i WHERE i."organizationId" = $1 AND i.status = 'pending'
      AND i."expiresAt" > now() - interval '30 days' ORDER BY i."createdAt" DESC, i.id LIMIT 500`,
    values: [tenantId],
  });
  return rows.map(rowOf);
}

export async function findInvitation(
  connection: SystemConnection,
  tenantId: string,
  id: string,
): Promise<InvitationRow | null> {
  const [row] = await connection.query<Stored>({
    text: `SELECT ${columns} FROM auth.invitation i WHERE i."organizationId" = $1 AND i.id = $2 AND i.status = 'pending'`,
    values: [tenantId, id],
  });
  return row ? rowOf(row) : null;
}

/** What the link of an invitation offers, and to whom. */
export interface OfferedInvitation extends InvitationRow {
  organization: string;
  slug: string;
  hasAccount: boolean;
  /** The link is the one that was sent by mail. */
  byMail: boolean;
}

/** The hashes of what a link holds; that of the mail has one more. */
export interface LinkHashes {
  token: string;
  mail: string | null;
}

/** The one of a link that works. */
export async function findByToken(
  connection: SystemConnection,
  link: LinkHashes,
): Promise<OfferedInvitation | null> {
  const [row] = await connection.query<Omit<OfferedInvitation, 'roles'> & { role: string | null }>({
    text: `SELECT ${columns}, o.name AS organization, o.slug, u.id IS NOT NULL AS "hasAccount",
        coalesce(i.mail_token_hash = $2, false) AS "byMail"
      FROM auth.invitation i JOIN auth.organization o ON o.id = i."organizationId"
      LEFT JOIN auth."user" u ON u.email = i.email
      WHERE i.token_hash = $1 AND i.status = 'pending' AND i."expiresAt" > now()`,
    values: [link.token, link.mail],
  });
  if (!row) return null;
  const { role, ...offered } = row;
  return { ...offered, roles: readMemberRoles(role ?? '') };
}

export interface NewInvitationRow {
  id: string;
  tenantId: string;
  email: string;
  roles: MemberRole[];
  tokenHash: string;
  mailTokenHash: string;
  expiresAt: Date;
  inviter: Actor;
  /** Who is accountable for it. */
  inviterUserId: string | null;
}

export async function insertInvitation(connection: SystemConnection, row: NewInvitationRow): Promise<void> {
  await connection.query({
    text: `INSERT INTO auth.invitation (id, "organizationId", email, role, status, token_hash, "expiresAt", inviter_type,
        inviter_actor_id, inviter_name, "inviterId", mail_token_hash) VALUES ($1, $2, $3, $4, 'pending', $5, $6, $7, $8, $9, $10, $11)`,
    values: [
      row.id,
      row.tenantId,
      row.email,
      row.roles.join(','),
      row.tokenHash,
      row.expiresAt,
      row.inviter.type,
      row.inviter.id,
      row.inviter.name,
      row.inviterUserId,
      row.mailTokenHash,
    ],
  });
}

/** A new link, for which someone else may be answerable; the one before stops working. */
export async function renewInvitation(
  connection: SystemConnection,
  row: Pick<
    NewInvitationRow,
    'id' | 'tokenHash' | 'mailTokenHash' | 'expiresAt' | 'inviter' | 'inviterUserId'
  >,
): Promise<void> {
  await connection.query({
    text: `UPDATE auth.invitation SET token_hash = $2, "expiresAt" = $3, inviter_type = $4, inviter_actor_id = $5,
        inviter_name = $6, "inviterId" = $7, mail_token_hash = $8 WHERE id = $1`,
    values: [
      row.id,
      row.tokenHash,
      row.expiresAt,
      row.inviter.type,
      row.inviter.id,
      row.inviter.name,
      row.inviterUserId,
      row.mailTokenHash,
    ],
  });
}

/** Its link works no more. */
export async function endInvitation(
  connection: SystemConnection,
  id: string,
  status: 'accepted' | 'revoked',
): Promise<void> {
  await connection.query({
    text: 'UPDATE auth.invitation SET status = $2, token_hash = NULL, mail_token_hash = NULL WHERE id = $1',
    values: [id, status],
  });
}

/** Pending ones that a person is answerable for, or that this API key made. */
export async function listInvitationsBy(
  connection: SystemConnection,
  tenantId: string,
  by: { userId: string } | { keyId: string },
): Promise<InvitationRow[]> {
  const [condition, id] =
    'userId' in by ? ['i."inviterId" = $2', by.userId] : ['i.inviter_actor_id = $2', by.keyId];
  const rows = await connection.query<Stored>({
    text: `SELECT ${columns} FROM auth.invitation i
      WHERE i."organizationId" = $1 AND ${condition} AND i.status = 'pending' ORDER BY i."createdAt", i.id`,
    values: [tenantId, id],
  });
  return rows.map(rowOf);
}
