import type { AuthApplier } from '../../server/auth-applier.ts';

export const noAuthApplier: AuthApplier = {
  apply: async (_auth, request) => request,
  renew: () => false,
};
