import type { AuthOf } from '../../shared/pure/auth-kinds.ts';
import { storedSecretApplier } from './stored-secret.ts';

/** A key in a header, a query parameter or a cookie. */
export const apiKeyAuth = storedSecretApplier<AuthOf<'api_key'>>();
