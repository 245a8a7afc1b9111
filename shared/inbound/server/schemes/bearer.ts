import { randomSecret } from '../inbound-secrets.ts';
import { anySame, idFromHeader, idHeaderOf, type Scheme } from './scheme.ts';

/** A source that cannot sign and sends a token (RFC 6750). */
export const bearerScheme: Scheme = {
  verify({ headers }, secrets) {
    const [, token] = /^Bearer +(\S+) *$/i.exec(headers.authorization ?? '') ?? [];
    if (token === undefined) return 'The bearer token is missing.';
    return anySame(secrets, [token]) ? null : 'The bearer token is not valid.';
  },
  senderId: idFromHeader,
  proofs: () => [],
  sign: ({ secret, id }, settings) => ({ ...idHeaderOf(settings, id), authorization: `Bearer ${secret}` }),
  checkSecret: (secret) =>
    /^[\x21-\x7e]+$/.test(secret) ? null : 'has characters that a header cannot have',
  newSecret: randomSecret,
};
