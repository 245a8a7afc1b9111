import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { tell } from '../../../events/server/tell.ts';
import type { Database } from '../../../platform/db/database.ts';
import type { Vault } from '../../../platform/server/vault.ts';
import type { SealedStore } from '../../../platform/server/vault-keys.ts';
import { withDatabaseRetry } from '../../../platform/server/with-database-retry.ts';
import {
  claimToken,
  endSignIn,
  findToken,
  type OauthTokenRow,
  releaseToken,
  removeUnusedTokens,
  type SealedToken,
  settleToken,
  type TokenOwner,
} from '../../db/oauth-tokens.ts';
import { AuthError } from '../auth-applier.ts';
import type { AccessToken } from './token-cache.ts';
import { type IssuedToken, TokenError, tokenTimeoutMs } from './token-request.ts';

/** A token as the processes share it. */
export interface SharedToken extends AccessToken {
  /** Counts the tokens of its key. */
  generation: number;
}

export interface TokenServices {
  db: Database;
  vault: Vault;
}

/** What fetching the next token starts from. */
export interface TokenBefore {
  row: OauthTokenRow;
  refreshToken: string | null;
}

export interface FetchShared {
  /** Of a sign-in the id of its credential, else a digest of the client. */
  key: string;
  /** Who calls. */
  tenantId: string;
  /** The token that the provider has refused. */
  refused: SharedToken | null;
  /** What the row must be before its token is used, or another one is fetched. @throws AuthError */
  check?: (row: OauthTokenRow | null) => void;
  /** @throws SignInEnded, TokenError */
  fetchNext: (before: TokenBefore) => Promise<IssuedToken>;
}

/** The provider accepts a sign-in no more. */
export class SignInEnded extends AuthError {
  readonly why: string;

  /** @param message says who has to do what, and why */
  constructor(message: string, why: string) {
    super(message, { code: 'denied' });
    this.why = why;
  }
}

/** Longer than a token request may take with everything around it. */
const claimMs = 2 * tokenTimeoutMs;
/** How long a process waits for the one that fetches. */
const waitMs = 3 * tokenTimeoutMs;

/**
 * The token that all processes share: the stored one, or the next one, which one of them fetches. No connection to the
 * database is held meanwhile; the others look again a few times a second.
 * @throws AuthError
 */
export async function fetchShared(services: TokenServices, fetch: FetchShared): Promise<SharedToken> {
  const { key, tenantId, refused, check = () => {} } = fetch;
  const { db } = services;
  const giveUpAt = Date.now() + waitMs;
  for (let pause = 25; Date.now() < giveUpAt; pause = Math.min(2 * pause, 400)) {
    const row = await db.system((connection) => findToken(connection, key, tenantId));
    check(row);
    if (isUsable(row, refused)) return openShared(services, row);
    const owner = { key, tenantId: row ? row.tenant_id : tenantId };
    const claim = randomUUID();
    const claimed = await db.system((connection) =>
      claimToken(connection, owner, {
        claim,
        forMs: claimMs,
        refused: refused?.generation ?? null,
        now: new Date(),
      }),
    );
    if (claimed) return fetchClaimed(services, fetch, { owner, row: claimed, claim });
    await sleep(pause);
  }
  throw new AuthError('Another process is fetching the access token, and has not got it in time', {
    code: 'timeout',
    transient: true,
  });
}

type UsableRow = OauthTokenRow & { sealed: Buffer; usable_until: Date };

function isUsable(row: OauthTokenRow | null, refused: SharedToken | null): row is UsableRow {
  return (
    row !== null &&
    row.sealed !== null &&
    row.usable_until !== null &&
    row.usable_until.getTime() > Date.now() &&
    // A sign-in without a refresh token has no other one.
    (row.generation !== refused?.generation || (row.connected_at !== null && !row.renewable))
  );
}

async function fetchClaimed(
  services: TokenServices,
  { tenantId, fetchNext }: FetchShared,
  { owner, row, claim }: { owner: TokenOwner; row: OauthTokenRow; claim: string },
): Promise<SharedToken> {
  const { db } = services;
  let issued: IssuedToken;
  let refreshToken: string | null = null;
  try {
    refreshToken = row.sealed ? (await openToken(services.vault, row, row.sealed)).refreshToken : null;
    issued = await fetchNext({ row, refreshToken });
  } catch (error) {
    await withDatabaseRetry(async () => {
      if (error instanceof SignInEnded) await tellEnd(services, owner, tenantId, claim, error.why);
      else
        await db.system((connection) =>
          releaseToken(connection, owner, claim, error instanceof TokenError && error.answerLost),
        );
    });
    throw error;
  }
  const next = { ...issued, refreshToken: issued.refreshToken ?? refreshToken };
  const sealed = await sealToken(services.vault, owner, next);
  // The refresh token before it may be of no use any more, so it is written whatever it takes.
  const generation = await withDatabaseRetry(() =>
    db.system(async (connection) => {
      await removeUnusedTokens(connection, tenantId);
      return settleToken(connection, owner, claim, sealed);
    }),
  );
  return { token: issued.token, expiresAt: issued.expiresAt, generation: generation ?? row.generation };
}

async function tellEnd(
  { db }: TokenServices,
  owner: TokenOwner,
  tenantId: string,
  claim: string,
  why: string,
): Promise<void> {
  await db.systemTransaction(async (connection) => {
    if (!(await endSignIn(connection, owner, claim, why))) return;
    await tell(
      connection,
      { identity: { tenantId, actor: { type: 'system', id: 'vault', name: 'Vault' } } },
      {
        type: 'CredentialDisconnected',
        subjectType: 'credential',
        subjectId: owner.key,
        data: { reason: why },
      },
    );
  });
}

interface Clear {
  token: string;
  refreshToken: string | null;
}

const contextOf = ({ key, tenantId }: Pick<TokenOwner, 'key' | 'tenantId'>) => ({
  purpose: 'oauth-token',
  tenant: tenantId ?? 'global',
  token: key,
});

export const sealedTokens: SealedStore = {
  table: 'oauth_token',
  column: 'sealed',
  key: ['key'],
  facts: ['tenant_id'],
  where: 'sealed IS NOT NULL',
  contextOf: ({ tenant_id, key }) => contextOf({ key: key!, tenantId: tenant_id ?? null }),
};

/** A token as it is stored. */
export async function sealToken(vault: Vault, owner: TokenOwner, issued: IssuedToken): Promise<SealedToken> {
  const { token, refreshToken, expiresAt } = issued;
  const clear: Clear = { token, refreshToken };
  return {
    sealed: await vault.seal(JSON.stringify(clear), contextOf(owner)),
    renewable: refreshToken !== null,
    usableUntil: new Date(expiresAt),
  };
}

async function openToken(vault: Vault, row: OauthTokenRow, sealed: Buffer): Promise<Clear> {
  return JSON.parse(await vault.open(sealed, contextOf({ key: row.key, tenantId: row.tenant_id }))) as Clear;
}

async function openShared({ vault }: TokenServices, row: UsableRow): Promise<SharedToken> {
  const { token } = await openToken(vault, row, row.sealed);
  return { token, expiresAt: row.usable_until.getTime(), generation: row.generation };
}
