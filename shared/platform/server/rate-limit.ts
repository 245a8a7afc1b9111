import { LRUCache } from 'lru-cache';

/** Counts one event of this key. @returns 0, or the milliseconds until the next one is allowed; then nothing was counted */
export type RateLimit = (key: string) => number;

/** At most `perMinute` events of one key, all of them at once if need be (GCRA). Each process counts for itself. */
export function createRateLimit(perMinute: number, now: () => number = Date.now): RateLimit {
  const intervalMs = 60_000 / perMinute;
  const due = new LRUCache<string, number>({ max: 50_000 });
  return (key) => {
    const time = now();
    const from = Math.max(due.get(key) ?? 0, time);
    const waitMs = from - time - (perMinute - 1) * intervalMs;
    if (waitMs > 0) return Math.ceil(waitMs);
    due.set(key, from + intervalMs);
    return 0;
  };
}
