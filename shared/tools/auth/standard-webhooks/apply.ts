import { createHmac, createPrivateKey, sign } from 'node:crypto';
import { type AuthApplier, AuthError } from '../../server/auth-applier.ts';
import { clockWords } from '../../server/clock-words.ts';
import type { AuthOf } from '../registry.ts';
import { secretPrefix, seedPrefix } from './definition.ts';

/**
 * Signs a request as Standard Webhooks says. The id is that of the execution, so every attempt has the same one. While a
 * rotation overlaps, the request carries a signature of each secret.
 * @param now for the published vectors
 */
export function standardWebhooksApplier(
  now: () => Date = () => new Date(),
): AuthApplier<AuthOf<'standard_webhooks'>> {
  return {
    carriesPrevious: true,
    async apply(_auth, request, { secret, previousSecret, executionId, onSecret }, body) {
      if (secret === null)
        throw new AuthError('The credential of this tool has no secret', { code: 'denied' });
      const time = String(Math.floor(now().getTime() / 1000));
      const signatures = [secret, previousSecret]
        .filter((each) => each !== null)
        .map((each) =>
          signature(each, Buffer.concat([Buffer.from(`${executionId}.${time}.`), Buffer.from(body ?? '')])),
        );
      for (const { value } of signatures) onSecret(value);
      const added = { 'webhook-id': executionId, 'webhook-timestamp': time };
      const others = Object.entries(request.headers).filter(
        ([name]) => !/^webhook-(?:id|timestamp|signature)$/i.test(name),
      );
      const headers = {
        ...Object.fromEntries(others),
        ...added,
        'webhook-signature': signatures.map(({ version, value }) => `${version},${value}`).join(' '),
      };
      return { ...request, headers, added };
    },
    renew: () => false,
    explain: ({ status, headers }) =>
      [400, 401, 403].includes(status) ? clockWords(headers, new Date()) : null,
  };
}

/** The private key of Ed25519 in PKCS #8 is these bytes and its seed (RFC 8410). */
const pkcs8Head = Buffer.from('302e020100300506032b657004220420', 'hex');

/** The prefix of a secret says what it signs with, so that a rotation may change that. */
function signature(secret: string, content: Buffer): { version: 'v1' | 'v1a'; value: string } {
  const bytes = Buffer.from(secret.replace(secretPrefix, ''), 'base64');
  if (!secret.startsWith(seedPrefix))
    return { version: 'v1', value: createHmac('sha256', bytes).update(content).digest('base64') };
  const key = createPrivateKey({ key: Buffer.concat([pkcs8Head, bytes]), format: 'der', type: 'pkcs8' });
  return { version: 'v1a', value: sign(null, content, key).toString('base64') };
}
