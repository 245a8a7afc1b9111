import { type Teller, tell } from '../../events/server/tell.ts';
import type { Actor } from '../../identity/roles.ts';
import type { SystemConnection } from '../../platform/db/database.ts';
import { disableEndpoint, failPendingDeliveries } from '../db/webhooks-endpoints.ts';
import {
  failsForDays,
  type LeasedDelivery,
  settleDelivered,
  settleNotDelivered,
} from '../db/webhooks-sending.ts';
import type { AttemptResult } from './attempt-delivery.ts';
import type { WebhookServices } from './webhook-services.ts';

const actor: Actor = { type: 'system', id: 'webhooks', name: 'Webhooks' };
const tellerOf = (tenantId: string): Teller => ({ identity: { tenantId, actor } });
const longestWaitMs = 24 * 60 * 60_000;
const deadAfterDays = 5;

/** Stores the result of an attempt: delivered, due again later, or failed. */
export async function settleAttempt(
  { db, environment }: WebhookServices,
  delivery: LeasedDelivery,
  { attempt, retryAfterMs }: AttemptResult,
): Promise<void> {
  if (attempt.error === null) {
    await db.system((connection) => settleDelivered(connection, delivery, attempt));
    return;
  }
  const gone = attempt.httpStatus === 410;
  const delayMs = gone
    ? null
    : retryDelayMs(environment.INTERLOCK_WEBHOOK_RETRY_SECONDS, delivery.attempts.length, retryAfterMs);
  await db.systemTransaction(async (connection) => {
    const next = delayMs === null ? null : new Date(Date.now() + delayMs);
    const settled = await settleNotDelivered(connection, delivery, attempt, next);
    if (!settled || next) return;
    const { tenantId, endpointId, payload, attempts } = delivery;
    await tell(connection, tellerOf(tenantId), {
      type: 'WebhookDeliveryFailed',
      subjectType: 'webhook',
      subjectId: endpointId,
      data: {
        deliveryId: delivery.id,
        eventId: payload.id,
        eventType: payload.type,
        attempts: attempts.length + 1,
        message: attempt.error,
      },
    });
    if (gone) await disable(connection, delivery, 'It responded with 410 (gone)');
    else if (await failsForDays(connection, delivery, deadAfterDays))
      await disable(connection, delivery, `Every delivery has failed for ${deadAfterDays} days`);
  });
}

async function disable(
  connection: SystemConnection,
  { tenantId, endpointId }: LeasedDelivery,
  reason: string,
): Promise<void> {
  if (!(await disableEndpoint(connection, { tenantId, endpointId, reason }))) return;
  const abandoned = await failPendingDeliveries(connection, {
    tenantId,
    endpointId,
    reason: `Not sent: the endpoint was disabled. ${reason}`,
  });
  await tell(connection, tellerOf(tenantId), {
    type: 'WebhookEndpointUpdated',
    subjectType: 'webhook',
    subjectId: endpointId,
    data: { enabled: false, reason, abandoned },
  });
}

/**
 * Up to a tenth is added at random, so that deliveries that failed together are not retried together.
 * @returns null when no attempt is left
 */
function retryDelayMs(
  seconds: readonly number[],
  attemptsBefore: number,
  askedMs: number | undefined,
): number | null {
  const base = seconds[attemptsBefore];
  if (base === undefined) return null;
  return Math.max(base * 1000 * (1 + Math.random() / 10), Math.min(askedMs ?? 0, longestWaitMs));
}
