import { randomSecret } from '../inbound-secrets.ts';
import { anySame, hmacOf, noSignature, type Scheme, wrongSignature } from './scheme.ts';

const signature = (secret: string, body: string | Buffer) =>
  `sha256=${hmacOf('sha256', secret, [body], 'hex')}`;

/** https://docs.github.com/webhooks/using-webhooks/validating-webhook-deliveries. GitHub signs no time. */
export const githubScheme: Scheme = {
  verify({ headers, body }, secrets) {
    const sent = headers['x-hub-signature-256'];
    if (!sent) return noSignature;
    return anySame(
      secrets.map((secret) => signature(secret, body)),
      [sent],
    )
      ? null
      : wrongSignature;
  },
  senderId: (headers) => headers['x-github-delivery'] ?? null,
  eventName: (headers) => headers['x-github-event'] ?? null,
  proofs: () => ['x-hub-signature-256', 'x-hub-signature'],
  sign: ({ body, secret, id }) => ({
    'x-github-delivery': id,
    'x-github-event': 'ping',
    'x-hub-signature-256': signature(secret, body),
  }),
  newSecret: randomSecret,
};
