import type { AuthOf } from '../../auth-kinds.ts';
import { storedSecretApplier } from '../../server/stored-secret.ts';

/** A key in a header, a query parameter or a cookie. */
export const apiKeyAuth = storedSecretApplier<AuthOf<'api_key'>>();
