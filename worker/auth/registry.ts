import type { Egress } from '../../shared/node/egress/egress.ts';
import type { AuthOf } from '../../shared/pure/auth-kinds.ts';
import type { AuthType } from '../../shared/pure/tool-definition.ts';
import { apiKeyAuth } from './api-key.ts';
import type { AuthApplier } from './auth-applier.ts';
import { basicAuth } from './basic.ts';
import { bearerAuth } from './bearer.ts';
import { noAuth } from './none.ts';
import { oauth2ClientCredentialsAuth } from './oauth2-client-credentials.ts';
import { createTokenCache, type TokenCache } from './token-cache.ts';

export type AuthAppliers = { [T in AuthType]: AuthApplier<AuthOf<T>> };

/** The effectful half of every auth kind. */
export function createAuthAppliers(egress: Egress, tokens: TokenCache = createTokenCache()): AuthAppliers {
  return {
    none: noAuth,
    api_key: apiKeyAuth,
    bearer: bearerAuth,
    basic: basicAuth,
    oauth2_client_credentials: oauth2ClientCredentialsAuth(egress, tokens),
  };
}

export function applierOf<T extends AuthType>(
  appliers: AuthAppliers,
  auth: AuthOf<T>,
): AuthApplier<AuthOf<T>> {
  return appliers[auth.type as T];
}
