import type { Database } from '../../platform/db/database.ts';
import { collector } from '../../platform/server/metrics.ts';
import { readInboundNumbers } from '../db/inbound-numbers.ts';

/** The deliveries of other systems to all tenants. */
export const inboundCollector = (db: () => Database) =>
  collector({
    gauges: {
      interlock_inbound_deliveries_open: { help: 'Received deliveries that are not processed yet' },
      interlock_inbound_delivery_lag_seconds: { help: 'Time since the first of these was received' },
    },
    async read() {
      const { open, oldest } = await db().system(readInboundNumbers);
      return { interlock_inbound_deliveries_open: open, interlock_inbound_delivery_lag_seconds: oldest ?? 0 };
    },
  });
