import { defaultKeyHasher } from '@better-auth/api-key';
import type pg from 'pg';
import { InterlockError } from '../../platform/error-codes.ts';
import { type Identity, personOf, type Role, roles } from '../roles.ts';

/**
 * The identity of an API key, in one read. better-auth's own verification also writes to the key's row at each use, and
 * says "not valid" when the database is unreachable.
 * @throws InterlockError `unauthorized`
 */
export async function readApiKey(pool: pg.Pool, key: string): Promise<Identity> {
  const { rows } = await pool.query<{
    id: string;
    name: string | null;
    metadata: string | null;
    tenant_id: string;
    slug: string;
    tenant: string;
  }>({
    name: 'read_api_key',
    text: `SELECT k.id, k.name, k.metadata, o.id AS tenant_id, o.slug, o.name AS tenant
      FROM auth.apikey k JOIN auth.organization o ON o.id = k."referenceId"
      WHERE k.key = $1 AND k."configId" = 'default' AND k.enabled IS NOT FALSE
        AND (k."expiresAt" IS NULL OR k."expiresAt" > now())`,
    values: [await defaultKeyHasher(key)],
  });
  const row = rows[0];
  if (!row) throw new InterlockError('unauthorized', 'Invalid API key.');
  const { held, createdBy } = readMetadata(row.metadata);
  return {
    tenantId: row.tenant_id,
    tenantSlug: row.slug,
    tenantName: row.tenant,
    actor: { type: 'api_key', id: row.id, name: row.name ?? 'API key' },
    roles: held,
    person: createdBy,
  };
}

/** The key's roles and the person who made it. better-auth's adapter writes JSON as a string inside JSON. */
function readMetadata(metadata: string | null): { held: Role[]; createdBy: string | null } {
  let value: unknown = metadata;
  for (let depth = 0; depth < 2 && typeof value === 'string'; depth++) value = JSON.parse(value);
  const { roles: held, createdBy } = (value ?? {}) as { roles?: unknown; createdBy?: unknown };
  return {
    held: Array.isArray(held) ? roles.filter((role) => held.includes(role)) : [],
    createdBy: typeof createdBy === 'string' ? personOf(createdBy) : null,
  };
}
