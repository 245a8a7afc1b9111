import { placeAuth } from '../auth/place-auth.ts';
import { type AuthApplier, AuthError } from './auth-applier.ts';

/** For auth kinds whose requests carry the stored secret itself. */
export const storedSecretApplier: AuthApplier = {
  async apply(auth, request, { secret }) {
    if (secret === null) throw new AuthError('The credential of this tool has no secret', { code: 'denied' });
    return placeAuth(auth, secret, request);
  },
  renew: () => false,
};
