import type { Logger } from 'pino';
import { caughtUp, readsNoMore } from '../../events/server/log-readers.ts';
import type { Database } from '../../platform/db/database.ts';
import { type Loop, startLoop } from '../../platform/server/loop.ts';
import { readEventCount } from '../db/search-feed.ts';
import type { SearchIndex } from './search-index.ts';

/** Keeps what a search has to catch up with short. */
const everyMs = 2_000;

/**
 * Any number of processes may run it: one at a time writes. It reads no event while none was written; one that commits
 * late is found with the next one, or by a search.
 */
export function startIndexing({ db, search, log }: { db: Database; search: SearchIndex; log: Logger }): Loop {
  let seen: string | null = null;
  caughtUp('search');
  const loop = startLoop('index for search', everyMs, log, async (signal) => {
    const count = await db.system(readEventCount);
    if (count !== seen) {
      while (!(await search.catchUp(Date.now()))) if (signal.aborted) return;
      seen = count;
    }
    caughtUp('search');
  });
  return {
    async stop() {
      await loop.stop();
      readsNoMore('search');
    },
  };
}
