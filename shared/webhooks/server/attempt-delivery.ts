import type { ExecutionServices } from '../../executions/server/execution-services.ts';
import type { DeliveryAttempt } from '../../platform/db/schema.ts';
import { retryAfterMs } from '../../platform/http/retry-after.ts';
import type { Egress, EgressResponse } from '../../platform/server/egress/egress.ts';
import { EgressError } from '../../platform/server/egress/egress-error.ts';
import type { LeasedDelivery } from '../db/webhooks-sending.ts';
import { openSecrets, signWebhook } from './webhook-secret.ts';
import { webhookUrlProblem } from './webhook-url.ts';

const timeoutMs = 10_000;
/** Nobody reads it; a larger answer is cut off and judged by its status. */
const maxResponseBytes = 65_536;

export interface AttemptResult {
  attempt: DeliveryAttempt;
  /** What the answer asked to wait. */
  retryAfterMs?: number | undefined;
}

type Told = Pick<DeliveryAttempt, 'httpStatus' | 'error'> & Pick<AttemptResult, 'retryAfterMs'>;

/**
 * Signs and sends a delivery once, through the egress guard. Whatever goes wrong is a result.
 * @returns null when `stopping` came before an answer: that is no attempt
 */
export async function attemptDelivery(
  services: ExecutionServices,
  egress: Egress,
  delivery: LeasedDelivery,
  stopping: AbortSignal,
): Promise<AttemptResult | null> {
  const at = new Date();
  const began = performance.now();
  const { httpStatus, error, retryAfterMs: wait } = await tell(services, egress, delivery, at, stopping);
  if (error !== null && stopping.aborted) return null;
  const durationMs = Math.round(performance.now() - began);
  return { attempt: { at: at.toISOString(), durationMs, httpStatus, error }, retryAfterMs: wait };
}

async function tell(
  { vault, log }: ExecutionServices,
  egress: Egress,
  delivery: LeasedDelivery,
  at: Date,
  stopping: AbortSignal,
): Promise<Told> {
  const { url, privateHosts, tenantId } = delivery;
  // The settings may have changed since the endpoint was added.
  const problem = webhookUrlProblem(url, privateHosts);
  if (problem) return { httpStatus: null, error: `Nothing was sent: the URL ${problem}` };
  try {
    const secrets = await openSecrets(vault, delivery, delivery.secretSealed);
    const { headers, body } = signWebhook(secrets, delivery.payload, at);
    const signal = AbortSignal.any([stopping, AbortSignal.timeout(timeoutMs)]);
    const answer = await egress.request({
      method: 'POST',
      tenantId,
      privateHosts,
      url,
      headers,
      body,
      signal,
      maxResponseBytes,
    });
    return judge(answer.status, new URL(url).host, answer.headers['retry-after']);
  } catch (error) {
    if (!(error instanceof EgressError)) {
      log.error({ err: error, deliveryId: delivery.id }, 'a webhook could not be sent');
      return { httpStatus: null, error: 'Nothing was sent: the signing secret could not be read' };
    }
    if (error.status !== undefined) return judge(error.status, new URL(url).host);
    const late = error.kind === 'aborted' && `No answer from ${new URL(url).host} in ${timeoutMs / 1000} s`;
    return { httpStatus: null, error: late || error.message };
  }
}

function judge(status: number, host: string, retryAfter?: EgressResponse['headers'][string]): Told {
  if (status >= 200 && status < 300) return { httpStatus: status, error: null };
  const redirect = status >= 300 && status < 400 ? ', a redirect, which is not followed' : '';
  return {
    httpStatus: status,
    error: `${host} answered ${status}${redirect}`,
    retryAfterMs: retryAfterMs(retryAfter),
  };
}
