import { defaultKeyHasher } from '@better-auth/api-key';
import type pg from 'pg';
import { InterlockError } from '../../platform/error-codes.ts';
import {
  type Identity,
  type KeyLimits,
  keyDoors,
  personOf,
  type Role,
  readMemberRoles,
  roles,
  rolesOfBoth,
} from '../roles.ts';

/** Why a key that exists does not work. */
export type KeyRefusal = 'revoked' | 'no_accountable_member';

export interface ApiKey extends Identity {
  /** From then on it does not work: it expires, or it was replaced. */
  endsAt: Date | null;
  refused: KeyRefusal | null;
}

/** Of a key with limits. An earlier version, which does not know of them, refuses it. */
export const limitedConfig = 'limited';

/** What `metadata` of a key holds. Older keys name the person by email address only, as `createdBy`. */
export interface KeyMetadata {
  roles: Role[];
  accountableUserId?: string | undefined;
  tools?: string[] | null;
  doors?: string[] | null;
  addresses?: string[] | null;
}

/** better-auth's adapter writes JSON as a string inside JSON. */
export const metadataOf = (key: string): string => `(${key}.metadata::jsonb #>> '{}')::jsonb`;

type KeyRow = {
  id: string;
  name: string | null;
  enabled: boolean;
  ends_at: Date | null;
  tenant_id: string;
  slug: string;
  tenant: string;
  meta: Partial<KeyMetadata>;
  mailbox: string | null;
  accountable: boolean;
  accountable_role: string | null;
  platform_admin: boolean;
};

/** The key, and the person who is accountable for it. `$1` is what `which` compares. */
const keyText = (
  endsAt: string,
  which: string,
): string => `SELECT k.id, k.name, k.enabled IS NOT FALSE AS enabled,
        ${endsAt} AS ends_at,
        o.id AS tenant_id, o.slug, o.name AS tenant, meta, coalesce(u.email, meta->>'createdBy') AS mailbox,
        u.id IS NOT NULL OR meta ? 'accountableUserId' AS accountable, m.role AS accountable_role,
        coalesce(u.platform_admin, false) AS platform_admin
      FROM auth.apikey k JOIN auth.organization o ON o.id = k."referenceId"
      CROSS JOIN LATERAL (SELECT ${metadataOf('k')} AS meta) each
      LEFT JOIN auth."user" u ON u.id = meta->>'accountableUserId'
        OR (meta->>'accountableUserId' IS NULL AND u.email = lower(meta->>'createdBy'))
      LEFT JOIN auth.member m ON m."userId" = u.id AND m."organizationId" = o.id
      WHERE ${which} AND k."configId" IN ('default', '${limitedConfig}')`;

/**
 * The identity of an API key and of the person who is accountable for it, in one read. better-auth's own verification
 * also writes to the key's row at each use, and says "not valid" when the database is unreachable.
 * @throws InterlockError `unauthorized` for a key that never was
 */
export async function readApiKey(pool: pg.Pool, key: string): Promise<ApiKey> {
  const { rows } = await pool.query<KeyRow>({
    name: 'read_api_key',
    text: keyText(
      `least(k."expiresAt", CASE WHEN k.key <> $1 THEN k.previous_until END)`,
      '(k.key = $1 OR k.previous_key = $1)',
    ),
    values: [await defaultKeyHasher(key)],
  });
  const row = rows[0];
  if (!row) throw new InterlockError('unauthorized', 'Invalid API key.');
  return apiKeyOf(row);
}

/** The key of this id, for work that one of its requests has begun; null when there is none. */
export async function readApiKeyById(pool: pg.Pool, id: string): Promise<ApiKey | null> {
  const { rows } = await pool.query<KeyRow>({
    name: 'read_api_key_by_id',
    text: keyText('k."expiresAt"', 'k.id = $1'),
    values: [id],
  });
  return rows[0] ? apiKeyOf(rows[0]) : null;
}

function apiKeyOf(row: KeyRow): ApiKey {
  const { meta } = row;
  const held = roles.filter((role) => meta.roles?.includes(role));
  const accountableRoles = row.accountable_role === null ? null : readMemberRoles(row.accountable_role);
  const theirs: Role[] = [
    ...(accountableRoles ?? []),
    ...(row.platform_admin ? ['platform_admin' as const] : []),
  ];
  const limits = limitsOf(meta);
  return {
    tenantId: row.tenant_id,
    tenantSlug: row.slug,
    tenantName: row.tenant,
    actor: { type: 'api_key', id: row.id, name: row.name ?? 'API key' },
    // A key does no more than the person who is accountable for it.
    roles: row.accountable ? rolesOfBoth(held, theirs) : held,
    person: row.mailbox === null ? null : personOf(row.mailbox),
    accountableRoles,
    ...(limits && { limits }),
    endsAt: row.ends_at,
    refused: !row.enabled
      ? 'revoked'
      : row.accountable && theirs.length === 0
        ? 'no_accountable_member'
        : null,
  };
}

/** Null when it has none. */
function limitsOf({
  tools = null,
  doors: allowed = null,
  addresses = null,
}: Partial<KeyMetadata>): KeyLimits | null {
  if (!tools && !allowed && !addresses) return null;
  return { tools, doors: allowed && keyDoors.filter((door) => allowed.includes(door)), addresses };
}
