import type { Logger } from 'pino';
import { lookAtLog } from '../../events/db/audit-seal.ts';
import { caughtUp, readsNoMore } from '../../events/server/log-readers.ts';
import type { Database } from '../../platform/db/database.ts';
import { type Loop, startLoop } from '../../platform/server/loop.ts';
import { countLog } from './count-log.ts';

const everyMs = 2_000;
/** So often it looks even if nothing seems to have happened. */
const anywayMs = 60_000;

/**
 * Keeps the counts of usage. Any number of processes may run it: one at a time counts. It reads no event while none was
 * written, once every transaction that might have written one has ended.
 */
export function startCounting({ db, log }: { db: Database; log: Logger }): Loop {
  let seen: string | null = null;
  let lookedAt = 0;
  caughtUp('usage');
  const loop = startLoop('count usage', everyMs, log, async (signal) => {
    const now = await db.system(lookAtLog);
    if (now.count !== seen || Date.now() > lookedAt + anywayMs) {
      // Another process may be at it; then this one looks again.
      const all = await countLog(db, () => signal.aborted);
      seen = all && now.open === now.next ? now.count : null;
      lookedAt = Date.now();
    }
    caughtUp('usage');
  });
  return {
    async stop() {
      await loop.stop();
      readsNoMore('usage');
    },
  };
}
