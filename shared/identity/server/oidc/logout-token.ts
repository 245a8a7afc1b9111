import { errors, jwtVerify } from 'jose';
import { z } from 'zod';
import type { OidcSettings } from './oidc-settings.ts';
import { ProviderAway, type ProviderDirectory } from './provider-directory.ts';

const logoutEvent = 'http://schemas.openid.net/event/backchannel-logout';
/** A secret that both sides share is no proof: the client secret is in more places than the provider's key. */
const algorithms = ['RS256', 'RS384', 'RS512', 'PS256', 'PS384', 'PS512', 'ES256', 'ES384', 'ES512', 'EdDSA'];

const claimsSchema = z.looseObject({
  sub: z.string().min(1),
  events: z.looseObject({ [logoutEvent]: z.looseObject({}) }),
  nonce: z.undefined().optional(),
});

/** The token is not one that ends a sign-in. `message` says why. */
export class InvalidLogoutToken extends Error {}

/**
 * Who has signed out, by a token of OpenID Connect Back-Channel Logout 1.0.
 * @returns the subject: every session of theirs ends, also where the token names one of the provider's sessions
 * @throws InvalidLogoutToken, or ProviderAway when its keys cannot be read
 */
export async function readLogoutToken(
  { clientId }: Pick<OidcSettings, 'clientId'>,
  directory: ProviderDirectory,
  token: string,
): Promise<string> {
  const [{ issuer }, keys] = await Promise.all([directory.read(), directory.keys()]);
  const { payload } = await jwtVerify(token, keys, {
    issuer,
    audience: clientId,
    algorithms,
    requiredClaims: ['iat', 'jti'],
    maxTokenAge: 120,
    clockTolerance: 60,
  }).catch((error: unknown) => {
    if (saysOfKeys(error)) throw new ProviderAway("The provider's keys cannot be read", { cause: error });
    throw new InvalidLogoutToken((error as Error).message, { cause: error });
  });
  const claims = claimsSchema.safeParse(payload);
  if (claims.success) return claims.data.sub;
  const [issue] = claims.error.issues;
  throw new InvalidLogoutToken(`The claim "${String(issue?.path[0])}" is not that of a logout token`);
}

/** The keys could not be read; everything else is about the token. */
function saysOfKeys(error: unknown): boolean {
  if (!(error instanceof errors.JOSEError)) return true;
  return error instanceof errors.JWKSTimeout || error.code === errors.JOSEError.code;
}
