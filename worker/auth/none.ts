import type { AuthOf } from '../../shared/pure/auth-kinds.ts';
import type { AuthApplier } from './auth-applier.ts';

export const noAuth: AuthApplier<AuthOf<'none'>> = {
  apply: async (_auth, request) => request,
  renew: () => false,
};
