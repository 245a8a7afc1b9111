import { columnsOf } from '../../platform/db/columns-of.ts';
import type { SystemConnection, TenantConnection } from '../../platform/db/database.ts';
import type { AnyAuth } from '../auth/registry.ts';
import type { CredentialRow } from './credentials.ts';
import { credential, type credentialVersion } from './tables.ts';

/** A credential with what its list shows of its use. */
export type ListedCredential = CredentialRow & {
  /** In the vault, or in the environment. */
  has_value: boolean;
  used_by: number;
  last_used_at: Date | null;
};

/**
 * Whose credentials are read, and whose use of them is shown. Those of global tools are read by the system role alone,
 * with what one tenant has used.
 */
export interface CredentialsOf {
  ownerId: string | null;
  tenantId: string;
}

export interface CredentialFilter {
  id?: string | undefined;
  type?: string | undefined;
  health?: string | undefined;
  expiry?: 'soon' | 'expired' | undefined;
  q?: string | undefined;
  after?: { name: string; id: string } | undefined;
  limit: number;
}

/** A page by name and id, archived ones left out. */
export function listCredentials(
  connection: TenantConnection | SystemConnection,
  { ownerId, tenantId }: CredentialsOf,
  { id, type, health, expiry, q, after, limit }: CredentialFilter,
): Promise<ListedCredential[]> {
  // The definitions are read once for the page. The last use is the newest entry of an index.
  return connection.query<ListedCredential & { [column: string]: unknown }>({
    text: `WITH page AS (
        SELECT ${columnsOf(credential, 'c')} FROM credential c
        WHERE c.tenant_id IS NOT DISTINCT FROM $1 AND c.archived_at IS NULL
          AND ($3::uuid IS NULL OR c.id = $3)
          AND ($4::text IS NULL OR c.auth_type = $4)
          AND ($5::text IS NULL OR CASE WHEN c.refused_since IS NULL THEN coalesce(c.health, 'untested') ELSE 'refused' END = $5)
          AND ($6::text IS NULL OR CASE $6 WHEN 'expired' THEN c.expires_at <= now()
            ELSE c.expires_at > now() AND c.expires_at <= now() + interval '14 days' END)
          AND ($7::text IS NULL OR strpos(lower(c.name), lower($7)) > 0)
          AND ($8::text IS NULL OR (c.name, c.id) > ($8, $9::uuid))
        ORDER BY c.name, c.id LIMIT $10
      ), used AS (
        SELECT credential_id, count(*)::int AS count FROM (
          SELECT v.definition -> 'auth' ->> 'credentialId' AS credential_id
          FROM tool t JOIN tool_version v ON v.tool_id = t.id AND v.version = t.current_version
          WHERE t.tenant_id IS NOT DISTINCT FROM $1 AND t.archived_at IS NULL
          UNION ALL SELECT definition -> 'auth' ->> 'credentialId' FROM connector
          WHERE tenant_id IS NOT DISTINCT FROM $1 AND archived_at IS NULL) AS each
        WHERE credential_id IN (SELECT page.id::text FROM page) GROUP BY credential_id
      )
      SELECT page.*, coalesce(used.count, 0) AS used_by, page.variable IS NOT NULL OR EXISTS (
          SELECT FROM credential_version v
          WHERE v.credential_id = page.id AND v.version = page.current_version AND length(v.sealed) > 0) AS has_value, (
          SELECT created_at FROM event
          WHERE tenant_id = $2 AND subject_type = 'credential' AND subject_id = page.id::text AND type = 'CredentialUsed'
          ORDER BY event.id DESC LIMIT 1) AS last_used_at
      FROM page LEFT JOIN used ON used.credential_id = page.id::text ORDER BY page.name, page.id`,
    values: [
      ownerId,
      tenantId,
      id ?? null,
      type ?? null,
      health ?? null,
      expiry ?? null,
      q ?? null,
      after?.name ?? null,
      after?.id ?? null,
      limit,
    ],
  });
}

type StoredVersion = typeof credentialVersion.$inferSelect;
export type CredentialVersionRow = Omit<StoredVersion, 'sealed' | 'credential_id' | 'tenant_id'> & {
  erased: boolean;
};

/** Newest first, without their values. */
export function listCredentialVersions(
  connection: TenantConnection | SystemConnection,
  ownerId: string | null,
  id: string,
): Promise<CredentialVersionRow[]> {
  return connection.query<CredentialVersionRow & { [column: string]: unknown }>({
    text: `SELECT version, created_by_type, created_by_id, created_by_name, created_at, length(sealed) = 0 AS erased
      FROM credential_version WHERE credential_id = $1 AND tenant_id IS NOT DISTINCT FROM $2 ORDER BY version DESC LIMIT 200`,
    values: [id, ownerId],
  });
}

export interface CredentialUseRow {
  kind: 'tool' | 'connector';
  id: string;
  name: string;
  title: string;
  versions: number[];
  current: boolean;
}

/** Every tool and connector of the owner that is not archived and names the credential in a version. */
export function listCredentialUses(
  connection: TenantConnection | SystemConnection,
  ownerId: string | null,
  id: string,
): Promise<CredentialUseRow[]> {
  return connection.query<CredentialUseRow & { [column: string]: unknown }>({
    text: `SELECT 'tool' AS kind, t.id, t.name, t.title, array_agg(v.version ORDER BY v.version DESC) AS versions,
        bool_or(v.version = t.current_version OR v.version = (t.trial ->> 'candidate')::int) AS current
      FROM tool t JOIN tool_version v ON v.tool_id = t.id
      WHERE t.tenant_id IS NOT DISTINCT FROM $1 AND t.archived_at IS NULL AND v.definition -> 'auth' ->> 'credentialId' = $2
      GROUP BY t.id
      UNION ALL
      SELECT 'connector', c.id, c.name, coalesce(c.definition ->> 'title', c.name), array_agg(r.revision ORDER BY r.revision DESC),
        bool_or(r.revision = c.revision)
      FROM connector c JOIN LATERAL (
        SELECT revision, definition FROM connector_revision WHERE connector_id = c.id
        UNION ALL SELECT c.revision, c.definition WHERE NOT EXISTS (
          SELECT FROM connector_revision WHERE connector_id = c.id AND revision = c.revision)) r ON true
      WHERE c.tenant_id IS NOT DISTINCT FROM $1 AND c.archived_at IS NULL AND r.definition -> 'auth' ->> 'credentialId' = $2
      GROUP BY c.id
      ORDER BY 1, 3`,
    values: [ownerId, id],
  });
}

/** The auth block of a tool or connector that uses the credential; null: none does. */
export async function findAuthUsing(
  connection: TenantConnection | SystemConnection,
  ownerId: string | null,
  id: string,
): Promise<AnyAuth | null> {
  const [row] = await connection.query<{ auth: AnyAuth }>({
    text: `SELECT v.definition -> 'auth' AS auth FROM tool t JOIN tool_version v ON v.tool_id = t.id
      WHERE t.tenant_id IS NOT DISTINCT FROM $1 AND v.definition -> 'auth' ->> 'credentialId' = $2
      UNION ALL SELECT definition -> 'auth' FROM connector
      WHERE tenant_id IS NOT DISTINCT FROM $1 AND definition -> 'auth' ->> 'credentialId' = $2
      LIMIT 1`,
    values: [ownerId, id],
  });
  if (!row) return null;
  const { credentialId: _used, ...auth } = row.auth;
  return auth;
}

export interface AccessRow {
  id: string;
  created_at: Date;
  data: { executionId: string; attempt: number; version?: number };
  tool_id: string | null;
  tool_name: string | null;
  tool_title: string | null;
}

/** What one tenant has used a credential for, newest first. */
export function listAccesses(
  connection: TenantConnection,
  { id, before, limit }: { id: string; before: string | null; limit: number },
): Promise<AccessRow[]> {
  return connection.query<AccessRow & { [column: string]: unknown }>({
    text: `SELECT e.id::text, e.created_at, e.data, x.tool_id, x.tool_name, x.tool_title
      FROM event e LEFT JOIN tool_execution x ON x.tenant_id = $1 AND x.id = (e.data ->> 'executionId')::uuid
      WHERE e.tenant_id = $1 AND e.subject_type = 'credential' AND e.subject_id = $2 AND e.type = 'CredentialUsed'
        AND ($3::bigint IS NULL OR e.id < $3)
      ORDER BY e.id DESC LIMIT $4`,
    values: [connection.tenantId, id, before, limit],
  });
}
