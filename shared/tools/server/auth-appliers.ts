import type { Egress } from '../../platform/server/egress/egress.ts';
import { inheritedAuthApplier } from '../auth/inherit/apply.ts';
import { noAuthApplier } from '../auth/none/apply.ts';
import { oauth2ClientCredentialsApplier } from '../auth/oauth2-client-credentials/apply.ts';
import type { AnyAuth, AuthOf, AuthType } from '../auth/registry.ts';
import type { AuthApplier } from './auth-applier.ts';
import { storedSecretApplier } from './stored-secret-applier.ts';

/** The effectful half of every auth kind. */
const authAppliers: { [T in AuthType]: (egress: Egress) => AuthApplier<AuthOf<T>> } = {
  none: () => noAuthApplier,
  inherit: () => inheritedAuthApplier,
  api_key: () => storedSecretApplier,
  bearer: () => storedSecretApplier,
  basic: () => storedSecretApplier,
  oauth2_client_credentials: oauth2ClientCredentialsApplier,
};

const creators: Record<string, (egress: Egress) => AuthApplier> = { ...authAppliers };

/** For extensions, before `createProviders`. Register the other half with `registerAuthKind`. */
export function registerAuthApplier(type: string, create: (egress: Egress) => AuthApplier): void {
  creators[type] = create;
}

export type AuthAppliers = Readonly<Record<string, AuthApplier>>;

/** One applier of each auth kind, with its own cache. */
export function createAuthAppliers(egress: Egress): AuthAppliers {
  return Object.fromEntries(Object.entries(creators).map(([type, create]) => [type, create(egress)]));
}

export function applierOf(appliers: AuthAppliers, { type }: AnyAuth): AuthApplier {
  const applier = appliers[type];
  if (!applier) throw new Error(`No applier for the auth kind "${type}"`);
  return applier;
}
