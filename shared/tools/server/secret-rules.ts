import type { Issue } from '../../platform/error-codes.ts';
import { checkIdentity, identityExpiry } from '../auth/mtls/apply/identity.ts';
import { type AnyAuth, type AuthOf, type AuthType, secretOf } from '../auth/registry.ts';

/** What the effectful half of an auth kind knows of a secret before anything is sent. */
interface SecretRules<A> {
  /** Problems of a secret that is written, each at its place below `basePath`. */
  check(auth: A, basePath: string): Issue[];
  /** When a stored secret ends. */
  expiresAt(secret: string): Date | null;
}

const rules: { [T in AuthType]?: SecretRules<AuthOf<T>> } = {
  mtls: { check: checkIdentity, expiresAt: identityExpiry },
};

const rulesOf = ({ type }: Pick<AnyAuth, 'type'>): SecretRules<AnyAuth> | undefined =>
  (rules as Record<string, SecretRules<AnyAuth> | undefined>)[type];

/** Problems of the secret in an auth block that only parsing it shows. */
export function checkSecret(auth: AnyAuth, basePath = '/auth'): Issue[] {
  return rulesOf(auth)?.check(auth, basePath) ?? [];
}

/** When the secret in an auth block ends; null when it does not say. */
export function secretExpiry(auth: AnyAuth): Date | null {
  const { secret } = secretOf(auth);
  return secret === undefined ? null : (rulesOf(auth)?.expiresAt(secret) ?? null);
}
