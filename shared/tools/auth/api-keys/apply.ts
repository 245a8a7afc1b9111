import { type AuthApplier, AuthError } from '../../server/auth-applier.ts';
import { storedSecretApplier } from '../../server/stored-secret-applier.ts';
import type { AuthOf } from '../registry.ts';
import { readApiKeys } from './definition.ts';

/** A stored credential may be older than the places of the definition that uses it. */
export const apiKeysApplier: AuthApplier<AuthOf<'api_keys'>> = {
  ...storedSecretApplier,
  async apply(auth, request, context, body) {
    const keys = context.secret === null ? {} : readApiKeys(context.secret);
    const missing = auth.places.find(({ name }) => !Object.hasOwn(keys, name));
    if (missing)
      throw new AuthError(`The credential of this tool has no key ${missing.name}`, { code: 'denied' });
    return storedSecretApplier.apply(auth, request, context, body);
  },
};
