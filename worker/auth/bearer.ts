import type { AuthOf } from '../../shared/pure/auth-kinds.ts';
import { storedSecretApplier } from './stored-secret.ts';

/** A fixed token in the Authorization header. */
export const bearerAuth = storedSecretApplier<AuthOf<'bearer'>>();
