import type { Egress } from '../../platform/server/egress/egress.ts';
import { apiKeyAuth } from '../auth/api-key/apply.ts';
import { basicAuth } from '../auth/basic/apply.ts';
import { bearerAuth } from '../auth/bearer/apply.ts';
import { noAuth } from '../auth/none/apply.ts';
import { createTokenCache, type TokenCache } from '../auth/oauth2-client-credentials/apply/token-cache.ts';
import { oauth2ClientCredentialsAuth } from '../auth/oauth2-client-credentials/apply.ts';
import type { AuthOf } from '../auth/registry.ts';
import type { AuthType } from '../tool-definition.ts';
import type { AuthApplier } from './auth-applier.ts';

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
