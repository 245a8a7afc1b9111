import { type AuthApplier, AuthError } from '../../server/auth-applier.ts';
import type { AuthServices } from '../../server/auth-services.ts';
import { fetchShared, type SharedToken } from '../../server/oauth2/shared-tokens.ts';
import { createTokenCache } from '../../server/oauth2/token-cache.ts';
import { requestToken, tokenCaller } from '../../server/oauth2/token-request.ts';
import type { CallContext } from '../../server/provider.ts';
import { placeAuth } from '../place-auth.ts';
import type { AuthOf } from '../registry.ts';

type Oauth2Auth = AuthOf<'oauth2_client_credentials'>;

/** An access token of the client, kept until shortly before its expiry and shared by the calls of one tenant. */
export function oauth2ClientCredentialsApplier(services: AuthServices): AuthApplier<Oauth2Auth> {
  const tokens = createTokenCache<SharedToken>();
  /** The token that each call sent: when it is refused, only that one is forgotten. */
  const sentTokens = new WeakMap<CallContext, string>();
  /** Of the secret too: after a rotation the old client's token is not used. Without the key, no one can guess it. */
  const keyOf = (auth: Oauth2Auth, secret: string, { tenantId }: CallContext): string => {
    const { tokenUrl, clientId, scope, audience, credentialId, clientAuthentication } = auth;
    const parts = [tenantId, credentialId, tokenUrl, clientId, scope, audience, clientAuthentication, secret];
    return services.digest(
      'token',
      parts.map((part) => part ?? null),
    );
  };
  return {
    async apply(auth, request, context) {
      const { secret, tenantId, privateHosts, allowedHosts } = context;
      if (secret === null)
        throw new AuthError('The credential of this tool has no secret', { code: 'denied' });
      const key = keyOf(auth, secret, context);
      const token = await tokens.get(
        key,
        (refused) =>
          fetchShared(services, {
            key,
            tenantId,
            refused,
            fetchNext: () =>
              requestToken(
                services.egress,
                { ...auth, clientSecret: secret },
                { grant_type: 'client_credentials', scope: auth.scope, audience: auth.audience },
                { tenantId, privateHosts, allowedHosts, caller: tokenCaller(auth, context) },
              ),
          }),
        context.signal,
      );
      context.onSecret(token);
      sentTokens.set(context, token);
      return placeAuth(auth, token, request);
    },
    renew(auth, context) {
      const token = sentTokens.get(context);
      if (token === undefined || context.secret === null) return false;
      tokens.forget(keyOf(auth, context.secret, context), token);
      return true;
    },
  };
}
