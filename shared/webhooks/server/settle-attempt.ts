import { appendEvent } from '../../events/db/append-event.ts';
import type { ExecutionServices } from '../../executions/server/execution-services.ts';
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

const actor: Actor = { type: 'system', id: 'webhooks', name: 'Webhooks' };
const longestWaitMs = 24 * 60 * 60_000;
const deadAfterDays = 5;

/** Records what an attempt came to: delivered, due again later, or failed for good. */
export async function settleAttempt(
  { db, environment }: ExecutionServices,
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
    await appendEvent(connection, tenantId, {
      type: 'WebhookDeliveryFailed',
      subjectType: 'webhook',
      subjectId: endpointId,
      actor,
      data: {
        deliveryId: delivery.id,
        eventId: payload.id,
        eventType: payload.type,
        attempts: attempts.length + 1,
        message: attempt.error,
      },
    });
    if (gone) await turnOff(connection, delivery, 'It answered 410: it is gone');
    else if (await failsForDays(connection, delivery, deadAfterDays))
      await turnOff(connection, delivery, `Every delivery has failed for ${deadAfterDays} days`);
  });
}

async function turnOff(
  connection: SystemConnection,
  { tenantId, endpointId }: LeasedDelivery,
  reason: string,
): Promise<void> {
  if (!(await disableEndpoint(connection, { tenantId, endpointId, reason }))) return;
  const abandoned = await failPendingDeliveries(connection, {
    tenantId,
    endpointId,
    reason: `Not sent: the endpoint was turned off. ${reason}`,
  });
  await appendEvent(connection, tenantId, {
    type: 'WebhookEndpointUpdated',
    subjectType: 'webhook',
    subjectId: endpointId,
    actor,
    data: { enabled: false, reason, abandoned },
  });
}

/** A tenth at random keeps deliveries that failed together from coming back together. Null: no attempt is left. */
function retryDelayMs(
  seconds: readonly number[],
  attemptsBefore: number,
  askedMs: number | undefined,
): number | null {
  const base = seconds[attemptsBefore];
  if (base === undefined) return null;
  return Math.max(base * 1000 * (1 + Math.random() / 10), Math.min(askedMs ?? 0, longestWaitMs));
}
