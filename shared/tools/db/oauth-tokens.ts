import { and, eq } from 'drizzle-orm';
import type { Actor } from '../../identity/roles.ts';
import { columnsOf } from '../../platform/db/columns-of.ts';
import type { SystemConnection } from '../../platform/db/database.ts';
import { ownedBy } from './owned-by.ts';
import type { RegistryConnection } from './registry-connection.ts';
import { oauthToken } from './tables.ts';

export type OauthTokenRow = typeof oauthToken.$inferSelect;

/** Whose token it is. */
export interface TokenOwner {
  /** Of a sign-in the id of its credential, else a digest of the client. */
  key: string;
  /** Null: a global credential's. */
  tenantId: string | null;
}

export interface SealedToken {
  sealed: Buffer;
  /** Whether there is a refresh token. */
  renewable: boolean;
  usableUntil: Date;
}

const all = columnsOf(oauthToken, 'oauth_token');

/** @param tenantId who calls: the token is theirs, or that of a global credential */
export async function findToken(
  connection: SystemConnection,
  key: string,
  tenantId: string,
): Promise<OauthTokenRow | null> {
  const [row] = await connection.query<OauthTokenRow>({
    name: 'find_oauth_token',
    text: `SELECT ${all} FROM oauth_token WHERE key = $1 AND (tenant_id = $2 OR tenant_id IS NULL)`,
    values: [key, tenantId],
  });
  return row ?? null;
}

/**
 * Takes the right to fetch the next token for these milliseconds, unless another process has it, or has fetched one.
 * @param refused the generation that must not be used
 */
export async function claimToken(
  connection: SystemConnection,
  { key, tenantId }: TokenOwner,
  { claim, forMs, refused, now }: { claim: string; forMs: number; refused: number | null; now: Date },
): Promise<OauthTokenRow | null> {
  const [row] = await connection.query<OauthTokenRow>({
    name: 'claim_oauth_token',
    // A claim that has run out was not given up: its process was lost with the response.
    text: `INSERT INTO oauth_token (key, tenant_id, claim, claimed_until)
      VALUES ($1, $2, $3, now() + $4 * interval '1 ms')
      ON CONFLICT (key) DO UPDATE SET claim = excluded.claim, claimed_until = excluded.claimed_until,
        lost_at = CASE WHEN oauth_token.claim IS NULL THEN oauth_token.lost_at ELSE oauth_token.claimed_until END
      WHERE oauth_token.tenant_id IS NOT DISTINCT FROM excluded.tenant_id
        AND (oauth_token.claimed_until IS NULL OR oauth_token.claimed_until < now())
        AND (oauth_token.usable_until IS NULL OR oauth_token.usable_until <= $5 OR oauth_token.generation = $6)
      RETURNING ${all}`,
    values: [key, tenantId, claim, forMs, now, refused],
  });
  return row ?? null;
}

/** Writes what the process with this claim has fetched. @returns its generation; null when the claim had run out */
export async function settleToken(
  connection: SystemConnection,
  { key }: Pick<TokenOwner, 'key'>,
  claim: string,
  fetched: SealedToken,
): Promise<number | null> {
  const [row] = await connection.query<Pick<OauthTokenRow, 'generation'>>({
    name: 'settle_oauth_token',
    text: `UPDATE oauth_token SET sealed = $3, renewable = $4, usable_until = $5,
        generation = generation + 1, claim = NULL, claimed_until = NULL, lost_at = NULL, updated_at = now()
      WHERE key = $1 AND claim = $2 RETURNING generation`,
    values: [key, claim, fetched.sealed, fetched.renewable, fetched.usableUntil],
  });
  return row?.generation ?? null;
}

/** Gives a claim up without a token. */
export async function releaseToken(
  connection: SystemConnection,
  { key }: Pick<TokenOwner, 'key'>,
  claim: string,
  answerLost: boolean,
): Promise<void> {
  await connection.query({
    name: 'release_oauth_token',
    text: `UPDATE oauth_token SET claim = NULL, claimed_until = NULL, lost_at = CASE WHEN $3 THEN now() ELSE lost_at END
      WHERE key = $1 AND claim = $2`,
    values: [key, claim, answerLost],
  });
}

/** Ends a sign-in: its tokens are of no use any more. @returns whether the claim still held */
export async function endSignIn(
  connection: SystemConnection,
  { key }: Pick<TokenOwner, 'key'>,
  claim: string,
  failure: string,
): Promise<boolean> {
  const rows = await connection.query({
    name: 'end_oauth_sign_in',
    text: `UPDATE oauth_token SET sealed = NULL, renewable = false, usable_until = NULL, claim = NULL, claimed_until = NULL,
        lost_at = NULL, failure = $3, failed_at = now(), updated_at = now()
      WHERE key = $1 AND claim = $2 RETURNING key`,
    values: [key, claim, failure],
  });
  return rows.length > 0;
}

/** Tokens of clients are kept for an hour after their end; then their settings or their secret have changed. */
export async function removeUnusedTokens(connection: SystemConnection, tenantId: string): Promise<void> {
  await connection.query({
    name: 'remove_unused_oauth_tokens',
    text: `DELETE FROM oauth_token WHERE tenant_id = $1 AND connected_at IS NULL
      AND usable_until < now() - interval '1 hour' AND (claimed_until IS NULL OR claimed_until < now())`,
    values: [tenantId],
  });
}

/** What a person's sign-in gave, in place of an earlier one. */
export async function writeSignIn(
  connection: RegistryConnection,
  owner: TokenOwner,
  signIn: SealedToken & { settings: string; actor: Actor },
): Promise<void> {
  const { sealed, renewable, usableUntil, settings, actor } = signIn;
  const now = new Date();
  const values = {
    sealed,
    renewable,
    usable_until: usableUntil,
    claim: null,
    claimed_until: null,
    lost_at: null,
    settings,
    connected_by_type: actor.type,
    connected_by_id: actor.id,
    connected_by_name: actor.name,
    connected_at: now,
    failure: null,
    failed_at: null,
    updated_at: now,
  };
  const { key, tenantId } = owner;
  await connection.orm
    .insert(oauthToken)
    .values({ key, tenant_id: tenantId, ...values })
    .onConflictDoUpdate({
      target: oauthToken.key,
      set: values,
      setWhere: ownedBy(oauthToken.tenant_id, tenantId),
    });
}

const { connected_by_type, connected_by_id, connected_by_name, connected_at } = oauthToken;
const shown = {
  connected_by_type,
  connected_by_id,
  connected_by_name,
  connected_at,
  usable_until: oauthToken.usable_until,
  renewable: oauthToken.renewable,
  failure: oauthToken.failure,
  failed_at: oauthToken.failed_at,
};
export type SignInRow = Pick<OauthTokenRow, keyof typeof shown>;

/** The sign-in of a credential as it is shown; null when no one has signed in. */
export async function findSignIn(
  connection: RegistryConnection,
  credentialId: string,
  ownerId: string | null,
): Promise<SignInRow | null> {
  const [row] = await connection.orm
    .select(shown)
    .from(oauthToken)
    .where(and(eq(oauthToken.key, credentialId), ownedBy(oauthToken.tenant_id, ownerId)));
  return row ?? null;
}
