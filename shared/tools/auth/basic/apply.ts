import type { AuthOf } from '../../auth-kinds.ts';
import { storedSecretApplier } from '../../server/stored-secret.ts';

/** User name and password in the Authorization header (RFC 7617, UTF-8). */
export const basicAuth = storedSecretApplier<AuthOf<'basic'>>();
