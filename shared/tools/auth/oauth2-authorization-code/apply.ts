import type { OauthTokenRow } from '../../db/oauth-tokens.ts';
import { type AuthApplier, AuthError } from '../../server/auth-applier.ts';
import type { AuthServices } from '../../server/auth-services.ts';
import {
  fetchShared,
  type SharedToken,
  SignInEnded,
  type TokenBefore,
} from '../../server/oauth2/shared-tokens.ts';
import { type SignInAuth, settingsDigest } from '../../server/oauth2/sign-in-settings.ts';
import { createTokenCache } from '../../server/oauth2/token-cache.ts';
import {
  type IssuedToken,
  requestToken,
  TokenError,
  tokenCaller,
} from '../../server/oauth2/token-request.ts';
import type { CallContext } from '../../server/provider.ts';
import { placeAuth } from '../place-auth.ts';
import { reconnectWords } from './connection.ts';

/** Then the process looks whether the sign-in is still the same one. */
const trustedMs = 5_000;

/** The access token of a person's sign-in, renewed with its refresh token by one process for all. */
export function oauth2AuthorizationCodeApplier(services: AuthServices): AuthApplier<SignInAuth> {
  const tokens = createTokenCache<SharedToken>();
  const sentTokens = new WeakMap<CallContext, string>();

  async function fetchToken(
    auth: SignInAuth,
    credentialId: string,
    context: CallContext,
    refused: SharedToken | null,
  ): Promise<SharedToken> {
    const { tenantId, privateHosts, allowedHosts } = context;
    const settings = settingsDigest(auth);
    const shared = await fetchShared(services, {
      key: credentialId,
      tenantId,
      refused,
      check: (row) => checkSignIn(row, settings, auth),
      fetchNext: (before) =>
        refresh(before, (refreshToken) =>
          requestToken(
            services.egress,
            { ...auth, clientSecret: context.secret ?? '' },
            { grant_type: 'refresh_token', refresh_token: refreshToken },
            { tenantId, privateHosts, allowedHosts, caller: tokenCaller(auth, context) },
          ),
        ),
    });
    return { ...shared, expiresAt: Math.min(shared.expiresAt, Date.now() + trustedMs) };
  }

  return {
    async apply(auth, request, context) {
      const { credentialId } = auth;
      if (credentialId === undefined) throw new AuthError('The tool has no credential', { code: 'denied' });
      const key = cacheKey(auth, context);
      const token = await tokens.get(
        key,
        (refused) => fetchToken(auth, credentialId, context, refused),
        context.signal,
      );
      context.onSecret(token);
      sentTokens.set(context, token);
      return placeAuth(auth, token, request);
    },
    renew(auth, context) {
      const token = sentTokens.get(context);
      if (token === undefined) return false;
      tokens.forget(cacheKey(auth, context), token);
      return true;
    },
  };
}

function cacheKey(auth: SignInAuth, { tenantId }: CallContext): string {
  return `${tenantId} ${auth.credentialId} ${settingsDigest(auth)}`;
}

/** @throws AuthError in words that say who has to do what */
function checkSignIn(row: OauthTokenRow | null, settings: string, auth: SignInAuth): void {
  const denied = (message: string) => new AuthError(message, { code: 'denied' });
  if (!row?.connected_at) {
    const { host } = new URL(auth.authorizationUrl);
    throw denied(
      `No one has signed in at ${host} for this tool yet. Nothing was sent. Choose Connect on its page`,
    );
  }
  if (row.failure !== null) throw denied(reconnectWords(row.connected_by_name ?? 'someone', row.failure));
  if (row.settings !== settings)
    throw denied(
      reconnectWords(row.connected_by_name ?? 'someone', 'The settings have changed since the sign-in.'),
    );
}

/** @throws SignInEnded when the refresh token is of no use any more */
async function refresh(
  { row, refreshToken }: TokenBefore,
  request: (refreshToken: string) => Promise<IssuedToken>,
): Promise<IssuedToken> {
  const ended = (why: string) =>
    new SignInEnded(reconnectWords(row.connected_by_name ?? 'someone', why), why);
  if (refreshToken === null) throw ended('The access has ended, and the provider gave no refresh token.');
  try {
    return await request(refreshToken);
  } catch (error) {
    if (!(error instanceof TokenError) || error.reason !== 'invalid_grant') throw error;
    throw ended(
      row.lost_at === null
        ? 'The provider no longer accepts the sign-in: it was revoked, or has ended.'
        : 'The response to a refresh was lost, and the provider no longer accepts the refresh token before it.',
    );
  }
}
