import { z } from 'zod';
import { type AuthDefinition, authIssue, credentialIdSchema, secretSchema } from '../auth-definition.ts';

export const secretPrefix = 'whsec_';

const schema = z.strictObject({
  type: z.literal('standard_webhooks'),
  /** `whsec_` and 24 to 64 bytes in base64. */
  secret: secretSchema,
  credentialId: credentialIdSchema,
});

/** The signature of the Standard Webhooks specification, in three headers. */
export const standardWebhooksAuth = {
  label: 'Standard Webhooks signature',
  schema,
  secretField: 'secret',
  // With and without the prefix.
  secretTexts: (secret) => [secret, secret.replace(secretPrefix, '')],
  refusesRedirects: true,
  placement: () => ({ in: 'header', name: 'webhook-signature', prefix: 'v1,' }),
  check: ({ secret }, basePath) =>
    secret === undefined || isSecret(secret)
      ? []
      : [authIssue(`${basePath}/secret`, 'The secret is whsec_ followed by 24 to 64 bytes in base64')],
} satisfies AuthDefinition<typeof schema>;

function isSecret(secret: string): boolean {
  const [, text = '', padding = ''] = /^(?:whsec_)?([A-Za-z0-9+/]+)(={0,2})$/.exec(secret) ?? [];
  const bytes = Math.floor((text.length * 3) / 4);
  const isPadded = padding === '' || (text.length + padding.length) % 4 === 0;
  return isPadded && text.length % 4 !== 1 && bytes >= 24 && bytes <= 64;
}
