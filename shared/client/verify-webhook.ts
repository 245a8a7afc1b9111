import { Webhook } from 'standardwebhooks';
import type { webhooks } from './api-types.ts';

/** Ids and short facts of an event, never an input or an output. */
export type WebhookPayload = webhooks['event']['post']['requestBody']['content']['application/json'];

/**
 * Verifies that a webhook comes from Interlock and is younger than five minutes. A webhook may be delivered twice, with the
 * same `id`.
 * @returns the body
 * @param body the body exactly as it was received
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
