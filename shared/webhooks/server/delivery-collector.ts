import type { Database } from '../../platform/db/database.ts';
import { collector } from '../../platform/server/metrics.ts';
import { readDeliveryNumbers } from '../db/webhooks-numbers.ts';

/** The webhooks of all tenants. */
export const deliveryCollector = (db: () => Database) =>
  collector({
    gauges: {
      interlock_webhook_deliveries_due: { help: 'Webhook deliveries that are due and not sent' },
      interlock_webhook_delivery_lag_seconds: { help: 'Time since the first of these was due' },
    },
    async read() {
      const { due, oldest } = await db().system(readDeliveryNumbers);
      return { interlock_webhook_deliveries_due: due, interlock_webhook_delivery_lag_seconds: oldest ?? 0 };
    },
  });
