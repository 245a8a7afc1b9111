import { createEgress } from '../../platform/server/egress/egress.ts';
import { type Loop, startLoop } from '../../platform/server/loop.ts';
import { createSender } from './create-sender.ts';
import { feedDeliveries } from './feed-deliveries.ts';
import type { WebhookServices } from './webhook-services.ts';

/**
 * Turns the event log into deliveries and sends them. Any number of processes may run it: one at a time reads the log, and
 * each sends the deliveries that it has leased.
 */
export function startWebhooks(services: WebhookServices): Loop {
  const egress = createEgress(services.reservedHosts);
  const sender = createSender(services, egress);
  const feeding = startLoop('feed webhooks', 500, services.log, async (signal) => {
    while (!signal.aborted && (await feedDeliveries(services.db)));
  });
  const sending = startLoop('send webhooks', 250, services.log, sender.sendDue);
  return {
    async stop() {
      await Promise.all([feeding.stop(), sending.stop()]);
      await sender.stop();
      await egress.close();
    },
  };
}
