import { storedSecretApplier } from '../../server/stored-secret.ts';
import type { AuthOf } from '../registry.ts';

/** A key in a header, a query parameter or a cookie. */
export const apiKeyAuth = storedSecretApplier<AuthOf<'api_key'>>();
