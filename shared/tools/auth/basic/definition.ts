import { z } from 'zod';
import { type AuthDefinition, authIssue, credentialIdSchema, secretSchema } from '../auth-definition.ts';

const schema = z.strictObject({
  type: z.literal('basic'),
  username: z.string().min(1).max(256),
  password: secretSchema,
  credentialId: credentialIdSchema,
});

/** User name and password in the Authorization header (RFC 7617, UTF-8). */
export const basicAuth = {
  label: 'User name and password',
  schema,
  secretField: 'password',
  placement: () => ({ in: 'header', name: 'Authorization', prefix: 'Basic ' }),
  encode: (auth, password) => base64(`${auth.username}:${password}`),
  check: (auth, basePath) =>
    auth.username.includes(':')
      ? [authIssue(`${basePath}/username`, 'A user name must not contain a colon')]
      : [],
} satisfies AuthDefinition<typeof schema>;

function base64(text: string): string {
  return btoa(String.fromCharCode(...new TextEncoder().encode(text)));
}
