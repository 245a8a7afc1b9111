import { z } from 'zod';
import { type AuthDefinition, authIssue, credentialIdSchema, secretSchema } from '../auth-definition.ts';
import { checkFixedUrl } from '../fixed-url.ts';

const schema = z.strictObject({
  type: z.literal('oauth2_authorization_code'),
  /** Where a person signs in. What its query holds is kept. */
  authorizationUrl: z.string().min(1).max(2048),
  tokenUrl: z.string().min(1).max(2048),
  clientId: z.string().min(1).max(512),
  /** A public client has none. */
  clientSecret: secretSchema,
  scope: z.string().max(2048).optional(),
  clientAuthentication: z.enum(['basic', 'body']).default('basic'),
  credentialId: credentialIdSchema,
});

/** What sign-ins add to the authorization URL. */
const ownParameters = [
  'response_type',
  'client_id',
  'redirect_uri',
  'scope',
  'state',
  'code_challenge',
  'code_challenge_method',
];

/**
 * An access token in the Authorization header that a person has allowed at the provider (RFC 6749, section 4.1, with PKCE,
 * RFC 7636), renewed with its refresh token.
 */
export const oauth2AuthorizationCodeAuth = {
  label: 'OAuth 2 sign-in of a person',
  schema,
  secretField: 'clientSecret',
  optionalSecret: true,
  placement: () => ({ in: 'header', name: 'Authorization', prefix: 'Bearer ' }),
  secretUrls: (auth) => [auth.tokenUrl],
  check: ({ authorizationUrl, tokenUrl }, basePath) => [
    ...checkFixedUrl(tokenUrl, `${basePath}/tokenUrl`, 'token URL'),
    ...checkAuthorizationUrl(authorizationUrl, `${basePath}/authorizationUrl`),
  ],
} satisfies AuthDefinition<typeof schema>;

function checkAuthorizationUrl(url: string, path: string) {
  const issues = checkFixedUrl(url, path, 'authorization URL');
  if (issues.length > 0) return issues;
  const given = new Set(new URL(url).searchParams.keys());
  return ownParameters
    .filter((name) => given.has(name))
    .map((name) => authIssue(path, `Leave ${name} out: Interlock adds it`));
}
