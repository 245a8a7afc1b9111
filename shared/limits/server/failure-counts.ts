import { LRUCache } from 'lru-cache';
import type { CircuitBreakerSettings } from '../../tools/call-limits.ts';

/** Of the failure rate. */
export const windowMs = 30_000;
const mostCalls = 1000;

/**
 * Counts the calls of this process by tenant and host, from the first that fails: a host that works costs a look in a map.
 */
export interface FailureCounts {
  /**
   * @param revision of the limits: a change of a breaker begins the count again
   * @returns why the breaker opens; null: it does not
   */
  count(key: string, failed: boolean, settings: CircuitBreakerSettings, revision: number): string | null;
}

interface Counted {
  revision: number;
  inARow: number;
  calls: { at: number; failed: boolean }[];
}

export function createFailureCounts(now: () => number = Date.now): FailureCounts {
  const counted = new LRUCache<string, Counted>({ max: 10_000 });
  return {
    count(key, failed, settings, revision) {
      let seen = counted.get(key);
      if (!seen && !failed) return null;
      if (!seen || seen.revision !== revision) seen = { revision, inARow: 0, calls: [] };
      const since = now() - windowMs;
      const calls = seen.calls.filter(({ at }) => at > since).slice(1 - mostCalls);
      calls.push({ at: now(), failed });
      const failures = calls.filter((call) => call.failed).length;
      const inARow = failed ? seen.inARow + 1 : 0;
      const percent = (failures / calls.length) * 100;
      const why =
        inARow >= settings.consecutiveFailures
          ? `${inARow} calls in a row failed`
          : failed && calls.length >= settings.minCalls && percent >= settings.failurePercent
            ? `${failures} of ${calls.length} calls in ${windowMs / 1000} s failed`
            : null;
      if (why || (inARow === 0 && failures === 0)) counted.delete(key);
      else counted.set(key, { revision, inARow, calls });
      return why;
    },
  };
}
