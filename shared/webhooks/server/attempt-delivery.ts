import { retryAfterMs } from '../../platform/http/retry-after.ts';
import type { Egress, EgressResponse } from '../../platform/server/egress/egress.ts';
import { EgressError } from '../../platform/server/egress/egress-error.ts';
import type { DeliveryAttempt } from '../db/tables.ts';
import type { LeasedDelivery } from '../db/webhooks-sending.ts';
import { openSecrets, signWebhook } from './webhook-secret.ts';
import type { WebhookServices } from './webhook-services.ts';
import { webhookUrlProblem } from './webhook-url.ts';

const timeoutMs = 10_000;
/** No one reads the body. A larger response is cut off, and its status decides. */
const maxResponseBytes = 65_536;

export interface AttemptResult {
  attempt: DeliveryAttempt;
  /** How long the response asked to wait. */
  retryAfterMs?: number | undefined;
}

type Sent = Pick<DeliveryAttempt, 'httpStatus' | 'error'> & Pick<AttemptResult, 'retryAfterMs'>;

/**
 * Signs and sends a delivery once, through the egress guard. An error is a result too.
 * @returns null when `stopping` came before a response: that does not count as an attempt
 */
export async function attemptDelivery(
  services: WebhookServices,
  egress: Egress,
  delivery: LeasedDelivery,
  stopping: AbortSignal,
): Promise<AttemptResult | null> {
  const at = new Date();
  const began = performance.now();
  const { httpStatus, error, retryAfterMs: wait } = await send(services, egress, delivery, at, stopping);
  if (error !== null && stopping.aborted) return null;
  const durationMs = Math.round(performance.now() - began);
  return { attempt: { at: at.toISOString(), durationMs, httpStatus, error }, retryAfterMs: wait };
}

async function send(
  { vault, log, reservedHosts }: WebhookServices,
  egress: Egress,
  delivery: LeasedDelivery,
  at: Date,
  stopping: AbortSignal,
): Promise<Sent> {
  const { url, privateHosts, allowedHosts, tenantId, endpointId } = delivery;
  // The settings may have changed since the endpoint was added.
  const problem = webhookUrlProblem(url, { privateHosts, reserved: reservedHosts });
  if (problem) return { httpStatus: null, error: `Nothing was sent: the URL ${problem}` };
  try {
    const secrets = await openSecrets(vault, delivery, delivery.secretSealed);
    const { headers, body } = signWebhook(secrets, delivery.payload, at);
    const signal = AbortSignal.any([stopping, AbortSignal.timeout(timeoutMs)]);
    const response = await egress.request({
      method: 'POST',
      tenantId,
      privateHosts,
      allowedHosts,
      caller: { type: 'webhook', id: endpointId },
      url,
      headers,
      body,
      signal,
      maxResponseBytes,
    });
    return resultOf(response.status, new URL(url).host, response.headers['retry-after']);
  } catch (error) {
    if (!(error instanceof EgressError)) {
      log.error({ err: error, deliveryId: delivery.id }, 'A webhook could not be sent');
      return { httpStatus: null, error: 'Nothing was sent: the signing secret could not be read' };
    }
    if (error.status !== undefined) return resultOf(error.status, new URL(url).host);
    const late = error.kind === 'aborted' && `No response from ${new URL(url).host} in ${timeoutMs / 1000} s`;
    return { httpStatus: null, error: late || error.message };
  }
}

function resultOf(status: number, host: string, retryAfter?: EgressResponse['headers'][string]): Sent {
  if (status >= 200 && status < 300) return { httpStatus: status, error: null };
  const redirect = status >= 300 && status < 400 ? '; redirects are not followed' : '';
  return {
    httpStatus: status,
    error: `${host} responded with ${status}${redirect}`,
    retryAfterMs: retryAfterMs(retryAfter),
  };
}
