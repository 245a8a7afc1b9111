import { createHmac } from 'node:crypto';
import { type AuthApplier, AuthError } from '../../server/auth-applier.ts';
import { clockWords } from '../../server/clock-words.ts';
import type { AuthOf } from '../registry.ts';
import { secretPrefix } from './definition.ts';

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
          createHmac('sha256', Buffer.from(each.replace(secretPrefix, ''), 'base64'))
            .update(`${executionId}.${time}.`)
            .update(body ?? '')
            .digest('base64'),
        );
      for (const signature of signatures) onSecret(signature);
      const added = { 'webhook-id': executionId, 'webhook-timestamp': time };
      const others = Object.entries(request.headers).filter(
        ([name]) => !/^webhook-(?:id|timestamp|signature)$/i.test(name),
      );
      const headers = {
        ...Object.fromEntries(others),
        ...added,
        'webhook-signature': signatures.map((each) => `v1,${each}`).join(' '),
      };
      return { ...request, headers, added };
    },
    renew: () => false,
    explain: ({ status, headers }) =>
      [400, 401, 403].includes(status) ? clockWords(headers, new Date()) : null,
  };
}
