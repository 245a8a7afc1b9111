import { setTimeout as sleep } from 'node:timers/promises';
import { isDatabaseUnavailable } from '../db/database-errors.ts';

const longestDelayMs = 2000;

/**
 * Retries `work` for as long as the database is unavailable or refuses work for a reason that passes, so that a received
 * response is not lost: no time is too long for that, and a process that ends leaves it as a lost worker does. `work` must
 * be guarded, because a statement whose reply was lost may have been committed.
 */
export async function withDatabaseRetry<T>(work: () => Promise<T>): Promise<T> {
  for (let delay = 100; ; delay = Math.min(delay * 2, longestDelayMs)) {
    try {
      return await work();
    } catch (error) {
      if (!isDatabaseUnavailable(error)) throw error;
      // At random, so that two that wait for each other do not meet again.
      await sleep(delay * (0.5 + Math.random() / 2));
    }
  }
}
