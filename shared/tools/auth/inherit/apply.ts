import type { AuthApplier } from '../../server/auth-applier.ts';

export const inheritedAuthApplier: AuthApplier = {
  apply: async () => {
    throw new Error('Inherited auth was not replaced by that of the connector.');
  },
  renew: () => false,
};
