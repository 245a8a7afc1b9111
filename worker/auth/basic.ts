import type { AuthOf } from '../../shared/pure/auth-kinds.ts';
import { storedSecretApplier } from './stored-secret.ts';

/** User name and password in the Authorization header (RFC 7617, UTF-8). */
export const basicAuth = storedSecretApplier<AuthOf<'basic'>>();
