import { countTurnedAway, type InboundWebhookRow, type TurnedAway } from '../db/inbound-webhooks.ts';
import type { InboundServices } from './inbound-services.ts';

/** Counts what endpoints turn away. A flood is one statement a second, whatever comes. */
export interface TurnedAwayCounts {
  refused(row: Pick<InboundWebhookRow, 'id' | 'tenant_id'>, reason: string): void;
  limited(row: Pick<InboundWebhookRow, 'id' | 'tenant_id'>): void;
  flush(): Promise<void>;
}

const batchMs = 1_000;

export function createTurnedAway({ db, log }: Pick<InboundServices, 'db' | 'log'>): TurnedAwayCounts {
  const counts = new Map<string, TurnedAway>();
  let timer: NodeJS.Timeout | null = null;

  async function flush(): Promise<void> {
    if (timer) clearTimeout(timer);
    timer = null;
    if (counts.size === 0) return;
    const batch = [...counts.values()];
    counts.clear();
    await db
      .system((connection) => countTurnedAway(connection, batch))
      .catch((error: unknown) => log.warn({ err: error }, 'refused deliveries could not be counted'));
  }

  function count({ id, tenant_id: tenantId }: Pick<InboundWebhookRow, 'id' | 'tenant_id'>): TurnedAway {
    const found = counts.get(id) ?? { tenantId, id, refused: 0, refusedReason: null, limited: 0 };
    counts.set(id, found);
    timer ??= setTimeout(() => void flush(), batchMs).unref();
    return found;
  }

  return {
    refused(row, reason) {
      const found = count(row);
      found.refused += 1;
      found.refusedReason = reason;
    },
    limited(row) {
      count(row).limited += 1;
    },
    flush,
  };
}
