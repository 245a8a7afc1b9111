import { defaultKeyHasher } from '@better-auth/api-key';
import type pg from 'pg';
import { InterlockError } from '../../platform/error-codes.ts';
import { type Identity, personOf, type Role, roles } from '../roles.ts';

/**
 * The identity of an API key and of the person who is accountable for it, in one read. better-auth's own verification
 * also writes to the key's row at each use, and says "not valid" when the database is unreachable.
 * @throws InterlockError `unauthorized`
 */
export async function readApiKey(pool: pg.Pool, key: string): Promise<Identity> {
  const { rows } = await pool.query<{
    id: string;
    name: string | null;
    tenant_id: string;
    slug: string;
    tenant: string;
    held: unknown;
    mailbox: string | null;
    accountable_role: string | null;
  }>({
    name: 'read_api_key',
    // better-auth's adapter writes JSON as a string inside JSON. Older keys name the person by email address only.
    text: `SELECT k.id, k.name, o.id AS tenant_id, o.slug, o.name AS tenant, meta->'roles' AS held,
        coalesce(u.email, meta->>'createdBy') AS mailbox, m.role AS accountable_role
      FROM auth.apikey k JOIN auth.organization o ON o.id = k."referenceId"
      CROSS JOIN LATERAL (SELECT (k.metadata::jsonb #>> '{}')::jsonb AS meta) each
      LEFT JOIN auth."user" u ON u.id = meta->>'accountableUserId'
        OR (meta->>'accountableUserId' IS NULL AND u.email = lower(meta->>'createdBy'))
      LEFT JOIN auth.member m ON m."userId" = u.id AND m."organizationId" = o.id
      WHERE k.key = $1 AND k."configId" = 'default' AND k.enabled IS NOT FALSE
        AND (k."expiresAt" IS NULL OR k."expiresAt" > now())`,
    values: [await defaultKeyHasher(key)],
  });
  const row = rows[0];
  if (!row) throw new InterlockError('unauthorized', 'Invalid API key.');
  const held = Array.isArray(row.held) ? row.held : [];
  return {
    tenantId: row.tenant_id,
    tenantSlug: row.slug,
    tenantName: row.tenant,
    actor: { type: 'api_key', id: row.id, name: row.name ?? 'API key' },
    roles: roles.filter((role) => held.includes(role)),
    person: row.mailbox === null ? null : personOf(row.mailbox),
    accountableRoles: row.accountable_role === null ? null : memberRolesOf(row.accountable_role),
  };
}

const memberRolesOf = (list: string): Role[] =>
  roles.filter((role) => role !== 'platform_admin' && list.split(',').includes(role));
