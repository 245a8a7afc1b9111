import { randomSecret } from '../inbound-secrets.ts';
import { anySame, idFromHeader, idHeaderOf, type Scheme } from './scheme.ts';

/** A source that cannot sign and sends a user and a password (RFC 7617), such as Prometheus Alertmanager. */
export const basicScheme: Scheme = {
  verify({ headers }, secrets) {
    const [, encoded] = /^Basic +([A-Za-z0-9+/=]+) *$/i.exec(headers.authorization ?? '') ?? [];
    if (encoded === undefined) return 'The user and the password are missing.';
    return anySame(secrets, [Buffer.from(encoded, 'base64').toString()])
      ? null
      : 'The user or the password is not valid.';
  },
  senderId: idFromHeader,
  proofs: () => [],
  sign: ({ secret, id }, settings) => ({
    ...idHeaderOf(settings, id),
    authorization: `Basic ${Buffer.from(secret).toString('base64')}`,
  }),
  checkSecret: (secret) => (/^[^:]+:./.test(secret) ? null : 'is not user:password'),
  newSecret: () => `interlock:${randomSecret()}`,
};
