import { apiKeysApplier } from '../auth/api-keys/apply.ts';
import { awsSigv4Applier } from '../auth/aws-sigv4/apply.ts';
import { hmacApplier } from '../auth/hmac/apply.ts';
import { inheritedAuthApplier } from '../auth/inherit/apply.ts';
import { mtlsApplier } from '../auth/mtls/apply.ts';
import { noAuthApplier } from '../auth/none/apply.ts';
import { oauth2AuthorizationCodeApplier } from '../auth/oauth2-authorization-code/apply.ts';
import { oauth2ClientCredentialsApplier } from '../auth/oauth2-client-credentials/apply.ts';
import type { AnyAuth, AuthOf, AuthType } from '../auth/registry.ts';
import { standardWebhooksApplier } from '../auth/standard-webhooks/apply.ts';
import type { AuthApplier } from './auth-applier.ts';
import type { AuthServices } from './auth-services.ts';
import { storedSecretApplier } from './stored-secret-applier.ts';

/** The effectful half of every auth kind. */
const authAppliers: { [T in AuthType]: (services: AuthServices) => AuthApplier<AuthOf<T>> } = {
  none: () => noAuthApplier,
  inherit: () => inheritedAuthApplier,
  api_key: () => storedSecretApplier,
  api_keys: () => apiKeysApplier,
  bearer: () => storedSecretApplier,
  basic: () => storedSecretApplier,
  oauth2_client_credentials: oauth2ClientCredentialsApplier,
  oauth2_authorization_code: oauth2AuthorizationCodeApplier,
  mtls: () => mtlsApplier,
  hmac: () => hmacApplier(),
  aws_sigv4: () => awsSigv4Applier(),
  standard_webhooks: () => standardWebhooksApplier(),
};

const creators: Record<string, (services: AuthServices) => AuthApplier> = { ...authAppliers };

/** For extensions, before `createProviders`. Register the other half with `registerAuthKind`. */
export function registerAuthApplier(type: string, create: (services: AuthServices) => AuthApplier): void {
  creators[type] = create;
}

export type AuthAppliers = Readonly<Record<string, AuthApplier>>;

/** One applier of each auth kind, with its own cache. */
export function createAuthAppliers(services: AuthServices): AuthAppliers {
  return Object.fromEntries(Object.entries(creators).map(([type, create]) => [type, create(services)]));
}

export function applierOf(appliers: AuthAppliers, { type }: AnyAuth): AuthApplier {
  const applier = appliers[type];
  if (!applier) throw new Error(`No applier for the auth kind "${type}"`);
  return applier;
}
