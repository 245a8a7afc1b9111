import { createHash } from 'node:crypto';
import type { AuthOf } from '../../auth/registry.ts';

export type SignInAuth = AuthOf<'oauth2_authorization_code'>;

/** A digest of what a person signs in for: with other settings, the sign-in does not count. */
export function settingsDigest(auth: SignInAuth): string {
  const { authorizationUrl, tokenUrl, clientId, scope, clientAuthentication } = auth;
  return createHash('sha256')
    .update(JSON.stringify([authorizationUrl, tokenUrl, clientId, scope ?? '', clientAuthentication]))
    .digest('base64url');
}
