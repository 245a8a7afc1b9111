import { createHash } from 'node:crypto';
import type { Egress } from '../../../platform/server/egress/egress.ts';
import { type AuthApplier, AuthError } from '../../server/auth-applier.ts';
import type { CallContext } from '../../server/provider.ts';
import { placeAuth } from '../place-auth.ts';
import type { AuthOf } from '../registry.ts';
import { createTokenCache } from './apply/token-cache.ts';
import { requestToken } from './apply/token-request.ts';

type Oauth2Auth = AuthOf<'oauth2_client_credentials'>;

/** An access token of the client, kept until shortly before its expiry and shared by the calls of one tenant. */
export function oauth2ClientCredentialsApplier(egress: Egress): AuthApplier<Oauth2Auth> {
  const tokens = createTokenCache();
  /** The token that each call sent: when it is refused, only that one is forgotten. */
  const sentTokens = new WeakMap<CallContext, string>();
  return {
    async apply(auth, request, context) {
      const { secret, tenantId, privateHosts } = context;
      if (secret === null)
        throw new AuthError('The credential of this tool has no secret', { code: 'denied' });
      const token = await tokens.get(
        tokenKey(auth, secret, context),
        () => requestToken(egress, auth, secret, { tenantId, privateHosts }),
        context.signal,
      );
      context.onSecret(token);
      sentTokens.set(context, token);
      return placeAuth(auth, token, request);
    },
    renew(auth, context) {
      const token = sentTokens.get(context);
      if (token === undefined || context.secret === null) return false;
      tokens.forget(tokenKey(auth, context.secret, context), token);
      return true;
    },
  };
}

/** Holds the secret too: after a rotation the old client's token is not used. */
function tokenKey(auth: Oauth2Auth, secret: string, { tenantId }: CallContext): string {
  const { tokenUrl, clientId, scope, audience, credentialId, clientAuthentication } = auth;
  const parts = [tenantId, credentialId, tokenUrl, clientId, scope, audience, clientAuthentication, secret];
  return createHash('sha256')
    .update(JSON.stringify(parts.map((part) => part ?? null)))
    .digest('base64');
}
