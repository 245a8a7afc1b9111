import { storedSecretApplier } from '../../server/stored-secret.ts';
import type { AuthOf } from '../registry.ts';

/** A fixed token in the Authorization header. */
export const bearerAuth = storedSecretApplier<AuthOf<'bearer'>>();
