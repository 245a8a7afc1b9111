import { Webhook, WebhookVerificationError } from 'standardwebhooks';
import { demoCredentials } from './credentials.ts';
import { ReplyError, type Route, route } from './http.ts';

/** A receiver of signed webhooks that takes each message once, as Standard Webhooks asks of it. */
export function hooksRoutes(): Route[] {
  const seen = new Set<string>();
  const verifier = new Webhook(demoCredentials.webhookSecret);
  return [
    route('POST', '/v1/hooks/orders', ({ rawBody, headers }) => {
      try {
        verifier.verify(rawBody, headers as Record<string, string>);
      } catch (error) {
        if (!(error instanceof WebhookVerificationError)) throw error;
        throw new ReplyError(401, 'bad_signature', error.message);
      }
      const id = String(headers['webhook-id']);
      const isNew = !seen.has(id);
      seen.add(id);
      return { status: 202, body: { received: id, new: isNew } };
    }),
  ];
}
