import { placeAuth } from '../auth/registry.ts';
import type { Auth } from '../tool-definition.ts';
import { type AuthApplier, AuthError } from './auth-applier.ts';

/** Kinds whose stored secret travels as it is. */
export function storedSecretApplier<A extends Auth>(): AuthApplier<A> {
  return {
    apply: async (auth, request, { secret }) => {
      if (secret === null)
        throw new AuthError('The credential of this tool has no secret', { code: 'denied' });
      return placeAuth(auth, secret, request);
    },
    renew: () => false,
  };
}
