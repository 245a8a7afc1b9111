import { setTimeout as sleep } from 'node:timers/promises';
import { isConnectionError } from '../db/database.ts';

const giveUpAfterMs = 5 * 60_000;

/**
 * Retries `work` while the database is unavailable, so that a received response is not lost. `work` must be guarded,
 * because a statement whose reply was lost may have been committed.
 */
export async function withDatabaseRetry<T>(work: () => Promise<T>): Promise<T> {
  const until = performance.now() + giveUpAfterMs;
  for (let delay = 100; ; delay = Math.min(delay * 2, 2000)) {
    try {
      return await work();
    } catch (error) {
      if (!isConnectionError(error) || performance.now() > until) throw error;
      await sleep(delay);
    }
  }
}
