import type { Client } from '@temporalio/client';
import { within } from './within.ts';

/** What this process has seen of Temporal, so that requests need not each wait for a timeout. */
export interface Reachability {
  /** Whether a request of this tenant would probably fail now. */
  isAway(tenantId: string): boolean;
  /** A request of this tenant failed or was too slow. */
  failed(tenantId: string): void;
}

const awayMs = 1000;
const probeMs = 1000;

/**
 * A failed request says something about its tenant only: its starts may be slow because it makes so many. Only when a
 * probe that has nothing to do with tenants fails too is Temporal away for all.
 */
export function createReachability(client: Client): Reachability {
  const away = new Map<string, number>();
  let allUntil = 0;
  let probing = false;

  async function probe(): Promise<void> {
    if (probing) return;
    probing = true;
    try {
      await within(client, probeMs, () => client.workflowService.getSystemInfo({}));
    } catch {
      allUntil = performance.now() + awayMs;
    } finally {
      probing = false;
    }
  }

  return {
    isAway(tenantId) {
      const now = performance.now();
      const until = away.get(tenantId) ?? 0;
      if (until <= now) away.delete(tenantId);
      return now < Math.max(until, allUntil);
    },
    failed(tenantId) {
      away.set(tenantId, performance.now() + awayMs);
      void probe();
    },
  };
}
