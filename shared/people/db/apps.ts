import type { AppScope } from '../../identity/app-scopes.ts';
import { hashOfSecret, signInDigest, usableGrant } from '../../identity/server/read-access-token.ts';
import type { SystemConnection } from '../../platform/db/database.ts';

/** What a person has allowed an app in one organization. */
export interface AppRow {
  id: string;
  tenant_id: string;
  user_id: string;
  person: string;
  client_name: string | null;
  redirect_host: string;
  scopes: AppScope[];
  created_at: Date;
  expires_at: Date;
  last_used_at: Date | null;
  last_address: string | null;
}

/** Days without a use after which an app has to ask again, and days after which it does anyway. */
const unusedDays = 30;
const longestDays = 180;
/** What has not come to a token by then was given up. */
const firstTokenMinutes = 15;

const select = `SELECT g.id, g.tenant_id, g.user_id, u.name AS person, g.client_name, g.redirect_host, g.scopes, g.created_at,
    g.expires_at, g.last_used_at, g.last_address
  FROM auth.oauth_grant g JOIN auth."user" u ON u.id = g.user_id
  LEFT JOIN auth.member m ON m."userId" = u.id AND m."organizationId" = g.tenant_id
  WHERE g.tenant_id = $1 AND (m.id IS NOT NULL OR u.platform_admin) AND ${usableGrant('g')}`;

/** Those that work, the latest first. @param userId of one person; null: of everyone */
export function listApps(
  connection: SystemConnection,
  tenantId: string,
  userId: string | null,
): Promise<AppRow[]> {
  return connection.query<AppRow & Record<string, unknown>>({
    text: `${select} AND ($2::text IS NULL OR g.user_id = $2) ORDER BY g.created_at DESC, g.id LIMIT 500`,
    values: [tenantId, userId],
  });
}

/** @returns false when it is not found or has ended */
export async function endApp(connection: SystemConnection, id: string): Promise<boolean> {
  await connection.query({ text: 'DELETE FROM auth.oauth_issued WHERE grant_id = $1', values: [id] });
  const rows = await connection.query({
    text: 'UPDATE auth.oauth_grant SET ended_at = now() WHERE id = $1 AND ended_at IS NULL RETURNING id',
    values: [id],
  });
  return rows.length > 0;
}

export async function insertGrant(
  connection: SystemConnection,
  grant: {
    id: string;
    userId: string;
    tenantId: string;
    clientId: string;
    clientName: string | null;
    redirectHost: string;
    resource: string;
    scopes: readonly AppScope[];
  },
): Promise<void> {
  await connection.query({
    text: `INSERT INTO auth.oauth_grant (id, user_id, tenant_id, client_id, client_name, redirect_host, resource, scopes,
        sign_in_digest, expires_at)
      VALUES ($1, $2, $3, $4, $5, $6, $7, $8, ${signInDigest('$2')}, now() + interval '${firstTokenMinutes} minutes')`,
    values: [
      grant.id,
      grant.userId,
      grant.tenantId,
      grant.clientId,
      grant.clientName,
      grant.redirectHost,
      grant.resource,
      grant.scopes,
    ],
  });
}

/** A grant that may be used now. */
export interface GrantRow {
  user_id: string;
  tenant_id: string;
  client_id: string;
  client_name: string | null;
  person: string;
  resource: string;
  scopes: string[];
  created_at: Date;
  expires_at: Date;
}

export async function findGrant(connection: SystemConnection, id: string): Promise<GrantRow | null> {
  const [row] = await connection.query<GrantRow & Record<string, unknown>>({
    text: `SELECT g.user_id, g.tenant_id, g.client_id, g.client_name, u.name AS person, g.resource, g.scopes, g.created_at,
        g.expires_at
      FROM auth.oauth_grant g JOIN auth."user" u ON u.id = g.user_id
      LEFT JOIN auth.member m ON m."userId" = u.id AND m."organizationId" = g.tenant_id
      WHERE g.id = $1 AND (m.id IS NOT NULL OR u.platform_admin) AND ${usableGrant('g')}`,
    values: [id],
  });
  return row ?? null;
}

/** The app has renewed its access. */
export async function prolongGrant(connection: SystemConnection, id: string): Promise<void> {
  await connection.query({
    text: `UPDATE auth.oauth_grant SET expires_at =
        least(created_at + interval '${longestDays} days', now() + interval '${unusedDays} days') WHERE id = $1`,
    values: [id],
  });
}

export async function insertClient(
  connection: SystemConnection,
  id: string,
  metadata: object,
): Promise<void> {
  await connection.query({
    text: 'INSERT INTO auth.oauth_client (id, metadata) VALUES ($1, $2)',
    values: [id, JSON.stringify(metadata)],
  });
}

export async function findClient(
  connection: SystemConnection,
  id: string,
): Promise<Record<string, unknown> | null> {
  const [row] = await connection.query<{ metadata: Record<string, unknown> }>({
    text: 'SELECT metadata FROM auth.oauth_client WHERE id = $1',
    values: [id],
  });
  return row?.metadata ?? null;
}

/** Something that was issued. Its secret is not in the payload. */
export interface Issued {
  payload: Record<string, unknown>;
  consumed_at: Date | null;
}

export async function putIssued(
  connection: SystemConnection,
  issued: { kind: string; secret: string; grantId: string | null; payload: object; seconds: number },
): Promise<void> {
  await connection.query({
    text: `INSERT INTO auth.oauth_issued (kind, hash, grant_id, payload, expires_at)
      VALUES ($1, $2, $3, $4, now() + $5 * interval '1 second')
      ON CONFLICT (kind, hash) DO UPDATE SET payload = excluded.payload, expires_at = excluded.expires_at`,
    values: [
      issued.kind,
      hashOfSecret(issued.secret),
      issued.grantId,
      JSON.stringify(issued.payload),
      issued.seconds,
    ],
  });
}

export async function findIssued(
  connection: SystemConnection,
  kind: string,
  secret: string,
): Promise<Issued | null> {
  const [row] = await connection.query<Issued & Record<string, unknown>>({
    text: 'SELECT payload, consumed_at FROM auth.oauth_issued WHERE kind = $1 AND hash = $2 AND expires_at > now()',
    values: [kind, hashOfSecret(secret)],
  });
  return row ?? null;
}

/** @returns false when it was used before: of requests that come together, one gets it */
export async function consumeIssued(
  connection: SystemConnection,
  kind: string,
  secret: string,
): Promise<boolean> {
  const rows = await connection.query({
    text: `UPDATE auth.oauth_issued SET consumed_at = now()
      WHERE kind = $1 AND hash = $2 AND consumed_at IS NULL RETURNING hash`,
    values: [kind, hashOfSecret(secret)],
  });
  return rows.length > 0;
}

export async function deleteIssued(
  connection: SystemConnection,
  kind: string,
  secret: string,
): Promise<void> {
  await connection.query({
    text: 'DELETE FROM auth.oauth_issued WHERE kind = $1 AND hash = $2',
    values: [kind, hashOfSecret(secret)],
  });
}

export async function deleteIssuedOf(
  connection: SystemConnection,
  kind: string,
  grantId: string,
): Promise<void> {
  await connection.query({
    text: 'DELETE FROM auth.oauth_issued WHERE kind = $1 AND grant_id = $2',
    values: [kind, grantId],
  });
}

/**
 * Removes what has expired, consents a month after they have ended, and clients that no one has let in for a day. A part
 * of it at a time: it runs beside registrations and consents.
 */
export async function removeOld(connection: SystemConnection): Promise<void> {
  const remove = (table: string, condition: string) =>
    connection.query({
      text: `DELETE FROM auth.${table} WHERE ctid = ANY (ARRAY(
        SELECT each.ctid FROM auth.${table} each WHERE ${condition} LIMIT 500))`,
    });
  await remove('oauth_issued', 'each.expires_at < now()');
  await remove('oauth_grant', `least(each.ended_at, each.expires_at) < now() - interval '30 days'`);
  await remove(
    'oauth_client',
    `each.created_at < now() - interval '1 day'
      AND NOT EXISTS (SELECT FROM auth.oauth_grant g WHERE g.client_id = each.id)`,
  );
}
