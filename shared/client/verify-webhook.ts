import { Webhook } from 'standardwebhooks';
import type { WebhookPayload } from '../webhooks/webhook-payload.ts';

/**
 * What a webhook says, once it is proved to come from Interlock and to be younger than five minutes. It may come twice:
 * its `id` tells.
 * @param body exactly as it was received
 * @throws WebhookVerificationError
 */
export function verifyWebhook(
  secret: string,
  body: string,
  headers: Headers | Record<string, string | string[] | undefined>,
): WebhookPayload {
  const entries = headers instanceof Headers ? [...headers] : Object.entries(headers);
  const plain = Object.fromEntries(entries.map(([name, value]) => [name, String(value ?? '')]));
  return new Webhook(secret).verify(body, plain) as WebhookPayload;
}
