import { z } from 'zod';
import { checkUrl } from '../../http/url.ts';
import { type AuthDefinition, authIssue, credentialIdSchema, secretSchema } from '../auth-definition.ts';

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
  check: ({ tokenUrl }, basePath) => {
    const path = `${basePath}/tokenUrl`;
    const issues = checkUrl(tokenUrl, path);
    if (issues.length > 0 || !/[{}]/.test(tokenUrl)) return issues;
    return [authIssue(path, 'The token URL must not contain a template')];
  },
} satisfies AuthDefinition<typeof schema>;
