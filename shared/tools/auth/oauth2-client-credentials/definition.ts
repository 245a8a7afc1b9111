import { z } from 'zod';
import { type AuthDefinition, credentialIdSchema, secretSchema } from '../auth-definition.ts';
import { checkFixedUrl } from '../fixed-url.ts';

const schema = z.strictObject({
  type: z.literal('oauth2_client_credentials'),
  tokenUrl: z.string().min(1).max(2048),
  clientId: z.string().min(1).max(512),
  clientSecret: secretSchema,
  scope: z.string().max(2048).optional(),
  audience: z.string().max(2048).optional(),
  clientAuthentication: z.enum(['basic', 'body']).default('basic'),
  credentialId: credentialIdSchema,
});

/** An access token in the Authorization header, fetched with the client's secret (RFC 6749, section 4.4). */
export const oauth2ClientCredentialsAuth = {
  label: 'OAuth 2 client credentials',
  schema,
  secretField: 'clientSecret',
  placement: () => ({ in: 'header', name: 'Authorization', prefix: 'Bearer ' }),
  secretUrls: (auth) => [auth.tokenUrl],
  check: ({ tokenUrl }, basePath) => checkFixedUrl(tokenUrl, `${basePath}/tokenUrl`, 'token URL'),
} satisfies AuthDefinition<typeof schema>;
