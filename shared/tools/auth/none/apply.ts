import type { AuthOf } from '../../auth-kinds.ts';
import type { AuthApplier } from '../../server/auth-applier.ts';

export const noAuth: AuthApplier<AuthOf<'none'>> = {
  apply: async (_auth, request) => request,
  renew: () => false,
};
