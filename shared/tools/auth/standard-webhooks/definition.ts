import { z } from 'zod';
import { type AuthDefinition, authIssue, credentialIdSchema, secretSchema } from '../auth-definition.ts';

/** Of a secret for HMAC, and of the seed of an Ed25519 key. */
export const secretPrefix = /^whs(?:ec|k)_/;
export const seedPrefix = 'whsk_';
const seedBytes = 32;

const schema = z.strictObject({
  type: z.literal('standard_webhooks'),
  /** `v1` (HMAC, the default), or `v1a`: Ed25519, whose receivers know a public key only. */
  signature: z.enum(['v1', 'v1a']).optional(),
  /** `whsec_` and 24 to 64 bytes in base64; of `v1a`, `whsk_` and the 32 bytes of the private key. */
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
  placement: ({ signature = 'v1' }) => ({ in: 'header', name: 'webhook-signature', prefix: `${signature},` }),
  check({ secret, signature }, basePath) {
    if (secret === undefined) return [];
    const fits = signature === 'v1a' ? isSeed(secret) : isSecret(secret);
    const message =
      signature === 'v1a'
        ? 'The private key is whsk_ followed by its 32 bytes in base64'
        : 'The secret is whsec_ followed by 24 to 64 bytes in base64';
    return fits ? [] : [authIssue(`${basePath}/secret`, message)];
  },
} satisfies AuthDefinition<typeof schema>;

function isSecret(secret: string): boolean {
  const bytes = bytesOf(secret.replace(/^whsec_/, ''));
  return bytes >= 24 && bytes <= 64;
}

const isSeed = (secret: string): boolean =>
  secret.startsWith(seedPrefix) && bytesOf(secret.slice(seedPrefix.length)) === seedBytes;

/** How many bytes a text in base64 has; 0: it is none. */
function bytesOf(base64: string): number {
  const [, text = '', padding = ''] = /^([A-Za-z0-9+/]+)(={0,2})$/.exec(base64) ?? [];
  const isPadded = padding === '' || (text.length + padding.length) % 4 === 0;
  return isPadded && text.length % 4 !== 1 ? Math.floor((text.length * 3) / 4) : 0;
}
