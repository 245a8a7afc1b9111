import { randomBytes } from 'node:crypto';
import {
  anySame,
  hmacOf,
  maxSignatures,
  noSignature,
  type Scheme,
  secondsOf,
  textAt,
  timeProblem,
  wrongSignature,
} from './scheme.ts';

const prefix = 'whsec_';
const keyOf = (secret: string): Buffer => Buffer.from(secret.replace(prefix, ''), 'base64');

/** Standard Webhooks: https://github.com/standard-webhooks/standard-webhooks */
export const standardScheme: Scheme = {
  verify({ headers, body, now }, secrets) {
    const { 'webhook-id': id, 'webhook-timestamp': time, 'webhook-signature': signature } = headers;
    if (!id || !signature) return noSignature;
    const sent = signature
      .split(' ')
      .filter((each) => each.startsWith('v1,'))
      .slice(0, maxSignatures);
    const made = secrets.map(
      (secret) => `v1,${hmacOf('sha256', keyOf(secret), [`${id}.${time}.`, body], 'base64')}`,
    );
    return anySame(made, sent) ? timeProblem(time, now) : wrongSignature;
  },
  senderId: (headers) => headers['webhook-id'] ?? null,
  eventName: (_headers, body) => textAt(body, 'type'),
  proofs: () => ['webhook-signature'],
  sign({ body, secret, id, now }) {
    const time = secondsOf(now);
    return {
      'webhook-id': id,
      'webhook-timestamp': time,
      'webhook-signature': `v1,${hmacOf('sha256', keyOf(secret), [`${id}.${time}.${body}`], 'base64')}`,
    };
  },
  checkSecret(secret) {
    const text = secret.replace(prefix, '');
    const { length } = Buffer.from(text, 'base64');
    if (!/^[A-Za-z0-9+/]+={0,2}$/.test(text)) return 'is not whsec_ followed by base64';
    return length < 16 || length > 64 ? 'does not have 16 to 64 bytes' : null;
  },
  newSecret: () => prefix + randomBytes(32).toString('base64'),
};
