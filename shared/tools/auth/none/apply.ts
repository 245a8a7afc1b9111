import type { AuthApplier } from '../../server/auth-applier.ts';
import type { AuthOf } from '../registry.ts';

export const noAuth: AuthApplier<AuthOf<'none'>> = {
  apply: async (_auth, request) => request,
  renew: () => false,
};
