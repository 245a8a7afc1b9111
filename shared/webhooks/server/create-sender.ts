import { setTimeout as sleep } from 'node:timers/promises';
import type { ExecutionServices } from '../../executions/server/execution-services.ts';
import type { Egress } from '../../platform/server/egress/egress.ts';
import { type LeasedDelivery, leaseDeliveries, releaseDelivery } from '../db/webhooks-sending.ts';
import { attemptDelivery } from './attempt-delivery.ts';
import { settleAttempt } from './settle-attempt.ts';

/** Three times the longest attempt. */
const leaseMs = 30_000;
/** An endpoint that hangs holds its own place, and a tenant whose endpoints all hang holds its own. */
const limits = { total: 200, perTenant: 40, perEndpoint: 10 };
const drainMs = 3_000;

export interface Sender {
  /** Begins to send what is due and has room; does not wait for the answers. */
  sendDue(signal: AbortSignal): Promise<void>;
  /** Waits a little for what is under way, then gives the rest back. */
  stop(): Promise<void>;
}

export function createSender(services: ExecutionServices, egress: Egress): Sender {
  const { db, log } = services;
  const stopping = new AbortController();
  const underWay = new Map<LeasedDelivery, Promise<void>>();

  async function send(delivery: LeasedDelivery): Promise<void> {
    try {
      const result = await attemptDelivery(services, egress, delivery, stopping.signal);
      if (result) await settleAttempt(services, delivery, result);
      else await db.system((connection) => releaseDelivery(connection, delivery));
    } catch (error) {
      // Its lease runs out, and then it is sent again.
      log.warn({ err: error, deliveryId: delivery.id }, 'a webhook could not be recorded');
    } finally {
      underWay.delete(delivery);
    }
  }

  const counted = (key: 'endpointId' | 'tenantId') => {
    const counts = new Map<string, number>();
    for (const delivery of underWay.keys()) counts.set(delivery[key], (counts.get(delivery[key]) ?? 0) + 1);
    return counts;
  };

  return {
    async sendDue(signal) {
      while (!signal.aborted && underWay.size < limits.total) {
        const room = {
          ...limits,
          free: limits.total - underWay.size,
          endpoints: counted('endpointId'),
          tenants: counted('tenantId'),
        };
        const leased = await db.system((connection) => leaseDeliveries(connection, { room, leaseMs }));
        if (leased.length === 0) return;
        for (const delivery of leased) underWay.set(delivery, send(delivery));
      }
    },
    async stop() {
      const all = Promise.all(underWay.values());
      await Promise.race([all, sleep(drainMs, undefined, { ref: false })]);
      stopping.abort();
      await all;
    },
  };
}
