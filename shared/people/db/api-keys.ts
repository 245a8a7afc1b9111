import { type Actor, type Role, roles } from '../../identity/roles.ts';
import { type KeyMetadata, limitedConfig, metadataOf } from '../../identity/server/read-api-key.ts';
import type { SystemConnection } from '../../platform/db/database.ts';

/** As better-auth's own columns have it, and ours in `metadata`. */
export interface StoredKeyMetadata extends KeyMetadata {
  madeBy?: Actor;
}

export interface ApiKeyRow {
  id: string;
  name: string | null;
  start: string | null;
  enabled: boolean;
  meta: Partial<StoredKeyMetadata>;
  accountable: { id: string; name: string } | null;
  /** Whether the accountable person is a member, or may enter every organization. */
  is_member: boolean;
  created_at: Date;
  expires_at: Date | null;
  last_used_at: Date | null;
  last_address: string | null;
  previous_until: Date | null;
  revision: number;
}

const select = `SELECT k.id, k.name, k.start, k.enabled IS NOT FALSE AS enabled, meta,
    CASE WHEN u.id IS NOT NULL THEN json_build_object('id', u.id, 'name', u.name) END AS accountable,
    m.id IS NOT NULL OR coalesce(u.platform_admin, false) AS is_member,
    k."createdAt" AS created_at, k."expiresAt" AS expires_at, k."lastRequest" AS last_used_at, k.last_address,
    CASE WHEN k.previous_until > now() THEN k.previous_until END AS previous_until, k.revision
  FROM auth.apikey k
  CROSS JOIN LATERAL (SELECT ${metadataOf('k')} AS meta) each
  LEFT JOIN auth."user" u ON u.id = meta->>'accountableUserId'
    OR (meta->>'accountableUserId' IS NULL AND u.email = lower(meta->>'createdBy'))
  LEFT JOIN auth.member m ON m."userId" = u.id AND m."organizationId" = k."referenceId"
  WHERE k."referenceId" = $1`;

/** Newest first; revoked ones for a month. */
export function listApiKeys(connection: SystemConnection, tenantId: string): Promise<ApiKeyRow[]> {
  return connection.query<ApiKeyRow & Record<string, unknown>>({
    text: `${select} AND (k.enabled IS NOT FALSE OR k."updatedAt" > now() - interval '30 days')
      ORDER BY k."createdAt" DESC, k.id LIMIT 500`,
    values: [tenantId],
  });
}

export async function findApiKey(
  connection: SystemConnection,
  tenantId: string,
  id: string,
): Promise<ApiKeyRow | null> {
  const [row] = await connection.query<ApiKeyRow & Record<string, unknown>>({
    text: `${select} AND k.id = $2`,
    values: [tenantId, id],
  });
  return row ?? null;
}

/** Those that work and that this person is accountable for. */
export function listKeysOf(
  connection: SystemConnection,
  tenantId: string,
  userId: string,
): Promise<ApiKeyRow[]> {
  return connection.query<ApiKeyRow & Record<string, unknown>>({
    text: `${select} AND u.id = $2 AND k.enabled IS NOT FALSE ORDER BY k."createdAt", k.id`,
    values: [tenantId, userId],
  });
}

/** Whether the tenant has a working key of this name, and how many it has. */
export async function countKeys(
  connection: SystemConnection,
  tenantId: string,
  name: string,
): Promise<{ all: number; named: number }> {
  const [row] = await connection.query<{ all: number; named: number }>({
    text: `SELECT count(*)::int AS all, count(*) FILTER (WHERE lower(name) = lower($2))::int AS named FROM auth.apikey
      WHERE "referenceId" = $1 AND enabled IS NOT FALSE`,
    values: [tenantId, name],
  });
  return row!;
}

export async function insertApiKey(
  connection: SystemConnection,
  key: {
    id: string;
    tenantId: string;
    name: string;
    start: string;
    hash: string;
    expiresAt: Date | null;
    limited: boolean;
    metadata: StoredKeyMetadata;
  },
): Promise<void> {
  await connection.query({
    text: `INSERT INTO auth.apikey (id, "configId", name, start, prefix, key, "referenceId", enabled, "rateLimitEnabled",
        "requestCount", "expiresAt", metadata, "createdAt", "updatedAt")
      VALUES ($1, $2, $3, $4, 'ilk_', $5, $6, true, false, 0, $7, $8, now(), now())`,
    values: [
      key.id,
      key.limited ? limitedConfig : 'default',
      key.name,
      key.start,
      key.hash,
      key.tenantId,
      key.expiresAt,
      JSON.stringify(key.metadata),
    ],
  });
}

/** The present value works until then, and the one before it no more. */
export async function replaceKey(
  connection: SystemConnection,
  { id, start, hash, previousUntil }: { id: string; start: string; hash: string; previousUntil: Date | null },
): Promise<void> {
  await connection.query({
    text: `UPDATE auth.apikey SET previous_key = CASE WHEN $4::timestamptz IS NOT NULL THEN key END, previous_until = $4,
        key = $3, start = $2, revision = revision + 1, "updatedAt" = now() WHERE id = $1`,
    values: [id, start, hash, previousUntil],
  });
}

export async function revokeKey(connection: SystemConnection, id: string): Promise<void> {
  await connection.query({
    text: `UPDATE auth.apikey SET enabled = false, previous_key = NULL, previous_until = NULL, revision = revision + 1,
        "updatedAt" = now() WHERE id = $1`,
    values: [id],
  });
}

export const keyRoles = ({ meta }: Pick<ApiKeyRow, 'meta'>): Role[] =>
  roles.filter((role) => meta.roles?.includes(role));
