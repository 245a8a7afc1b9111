import { createHash } from 'node:crypto';
import type pg from 'pg';
import { InterlockError } from '../../platform/error-codes.ts';
import { type AppScope, scopePermissions } from '../app-scopes.ts';
import type { ConnectedApp } from '../roles.ts';

/** Tokens, codes and requests are stored as this: whoever reads the table can use none of them. */
export const hashOfSecret = (secret: string): string =>
  createHash('sha256').update(secret).digest('base64url');

/**
 * How a person signs in: it changes with their password, passkeys, second factor and accounts elsewhere.
 * @param user an SQL expression for their id
 */
export const signInDigest = (user: string): string => `encode(sha256(convert_to(concat_ws(E'\\n',
    (SELECT string_agg(concat_ws(' ', a."providerId", a."accountId", a.password), ',' ORDER BY a.id)
      FROM auth.account a WHERE a."userId" = ${user}),
    (SELECT string_agg(p."credentialID", ',' ORDER BY p.id) FROM auth.passkey p WHERE p."userId" = ${user}),
    (SELECT string_agg(f.secret, ',' ORDER BY f.id) FROM auth."twoFactor" f JOIN auth."user" o ON o.id = f."userId"
      WHERE f."userId" = ${user} AND o."twoFactorEnabled")), 'UTF8')), 'hex')`;

/** Of a consent that an app may use now, except that its person may have left: `readPerson` says that. */
export const usableGrant = (grant: string): string =>
  `${grant}.ended_at IS NULL AND ${grant}.expires_at > now() AND ${grant}.sign_in_digest = ${signInDigest(`${grant}.user_id`)}`;

export interface AccessToken {
  app: ConnectedApp;
  userId: string;
  tenantSlug: string;
  endsAt: Date;
}

export const tokenRefused = (): InterlockError =>
  new InterlockError(
    'unauthorized',
    'This access token is not valid here any more. Connect the app again, or send an API key.',
  );

/**
 * Whom an access token acts for, at this resource only.
 * @throws InterlockError `unauthorized` when it has ended, whatever the reason
 */
export async function readAccessToken(pool: pg.Pool, token: string, resource: string): Promise<AccessToken> {
  const { rows } = await pool.query<{
    id: string;
    user_id: string;
    client_name: string | null;
    slug: string;
    scope: string | null;
    expires_at: Date;
    scopes: AppScope[];
  }>({
    name: 'read_access_token',
    text: `SELECT g.id, g.user_id, g.client_name, g.scopes, o.slug, t.payload->>'scope' AS scope, t.expires_at
      FROM auth.oauth_issued t JOIN auth.oauth_grant g ON g.id = t.grant_id
      JOIN auth.organization o ON o.id = g.tenant_id
      WHERE t.kind = 'AccessToken' AND t.hash = $1 AND t.expires_at > now() AND t.payload->>'aud' = $2
        AND g.resource = $2 AND ${usableGrant('g')}`,
    values: [hashOfSecret(token), resource],
  });
  const row = rows[0];
  if (!row) throw tokenRefused();
  const held = row.scopes.filter((scope) => row.scope?.split(' ').includes(scope));
  return {
    app: {
      id: row.id,
      name: row.client_name,
      permissions: [...new Set(held.flatMap((scope) => scopePermissions[scope]))],
    },
    userId: row.user_id,
    tenantSlug: row.slug,
    endsAt: row.expires_at,
  };
}
