import { setTimeout as sleep } from 'node:timers/promises';
import type { Egress } from '../../platform/server/egress/egress.ts';
import { type LeasedDelivery, leaseDeliveries, releaseDelivery } from '../db/webhooks-sending.ts';
import { attemptDelivery } from './attempt-delivery.ts';
import { settleAttempt } from './settle-attempt.ts';
import type { WebhookServices } from './webhook-services.ts';

/** Three times the timeout of an attempt. */
const leaseMs = 30_000;
/** How many deliveries may be in progress. An endpoint that hangs must not delay other endpoints or tenants. */
const limits = { total: 200, perTenant: 40, perEndpoint: 10 };
const drainMs = 3_000;

export interface Sender {
  /** Starts to send the deliveries that are due, within the limits; does not wait for responses. */
  sendDue(signal: AbortSignal): Promise<void>;
  /** Whether deliveries are in progress: when they end, others may have their turn. */
  busy(): boolean;
  /** Waits briefly for deliveries in progress, then releases the rest. */
  stop(): Promise<void>;
}

export function createSender(services: WebhookServices, egress: Egress): Sender {
  const { db, log } = services;
  const stopping = new AbortController();
  const inProgress = new Map<LeasedDelivery, Promise<void>>();

  async function send(delivery: LeasedDelivery): Promise<void> {
    try {
      const result = await attemptDelivery(services, egress, delivery, stopping.signal);
      if (result) await settleAttempt(services, delivery, result);
      else await db.system((connection) => releaseDelivery(connection, delivery));
    } catch (error) {
      // It is sent again when its lease expires.
      log.warn({ err: error, deliveryId: delivery.id }, 'The result of a webhook could not be stored');
    } finally {
      inProgress.delete(delivery);
    }
  }

  const counted = (key: 'endpointId' | 'tenantId') => {
    const counts = new Map<string, number>();
    for (const delivery of inProgress.keys()) counts.set(delivery[key], (counts.get(delivery[key]) ?? 0) + 1);
    return counts;
  };

  return {
    async sendDue(signal) {
      while (!signal.aborted && inProgress.size < limits.total) {
        const room = {
          ...limits,
          free: limits.total - inProgress.size,
          endpoints: counted('endpointId'),
          tenants: counted('tenantId'),
        };
        const leased = await db.system((connection) => leaseDeliveries(connection, { room, leaseMs }));
        if (leased.length === 0) return;
        for (const delivery of leased) inProgress.set(delivery, send(delivery));
      }
    },
    busy: () => inProgress.size > 0,
    async stop() {
      const all = Promise.all(inProgress.values());
      await Promise.race([all, sleep(drainMs, undefined, { ref: false })]);
      stopping.abort();
      await all;
    },
  };
}
