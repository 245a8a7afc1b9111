import type { TailPosition } from '../../events/db/events.ts';
import { caughtUp, readsNoMore } from '../../events/server/log-readers.ts';
import { type Loop, startLoop } from '../../platform/server/loop.ts';
import { lookForWork } from '../db/webhooks-feed.ts';
import { createSender } from './create-sender.ts';
import { feedDeliveries, skipUnheard } from './feed-deliveries.ts';
import type { WebhookServices } from './webhook-services.ts';

const lookMs = 500;
/** While deliveries are in progress. */
const busyMs = 250;
const skipMs = 60_000;

/**
 * Turns the event log into deliveries and sends them. Any number of processes may run it: one at a time reads the log, and
 * each sends the deliveries that it has leased. While no endpoint listens and nothing is due, that costs one statement a
 * round.
 */
export function startWebhooks(services: WebhookServices): Loop {
  const { db, log } = services;
  const sender = createSender(services, services.egress);
  /** Where the log ended when an endpoint was last looked for in vain. */
  let asleepUntil: TailPosition | null = null;
  let skippedAt = 0;

  async function feed(signal: AbortSignal): Promise<void> {
    while (!signal.aborted && (await feedDeliveries(db, asleepUntil))) await sender.sendDue(signal);
    caughtUp('webhooks');
  }

  caughtUp('webhooks');
  const loop = startLoop(
    'webhooks',
    () => (sender.busy() ? busyMs : lookMs),
    log,
    async (signal) => {
      const { listening, behind, due, now } = await db.system(lookForWork);
      try {
        if (behind) await feed(signal);
        else caughtUp('webhooks');
        if (listening) {
          if (!behind) asleepUntil = null;
          return;
        }
        asleepUntil = { xid: now, id: '0' };
        if (Date.now() - skippedAt < skipMs) return;
        await skipUnheard(db);
        skippedAt = Date.now();
      } finally {
        if (due || behind) await sender.sendDue(signal);
      }
    },
  );
  return {
    async stop() {
      await loop.stop();
      readsNoMore('webhooks');
      await sender.stop();
    },
  };
}
