import { storedSecretApplier } from '../../server/stored-secret.ts';
import type { AuthOf } from '../registry.ts';

/** User name and password in the Authorization header (RFC 7617, UTF-8). */
export const basicAuth = storedSecretApplier<AuthOf<'basic'>>();
