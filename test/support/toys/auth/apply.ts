import { createHmac } from 'node:crypto';
import { placeAuth } from '../../../../shared/tools/auth/place-auth.ts';
import { type AuthApplier, AuthError } from '../../../../shared/tools/server/auth-applier.ts';
import type { ToyAuth } from './definition.ts';

export const toyAuthApplier: AuthApplier<ToyAuth> = {
  async apply(auth, request, { secret }) {
    if (secret === null) throw new AuthError('No sealing key', { code: 'denied' });
    return placeAuth(auth, toySeal(secret, request.body), request);
  },
  renew: () => false,
};

export function toySeal(secret: string, body: unknown): string {
  return createHmac('sha256', secret).update(JSON.stringify(body)).digest('hex');
}
