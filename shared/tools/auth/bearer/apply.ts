import type { AuthOf } from '../../auth-kinds.ts';
import { storedSecretApplier } from '../../server/stored-secret.ts';

/** A fixed token in the Authorization header. */
export const bearerAuth = storedSecretApplier<AuthOf<'bearer'>>();
