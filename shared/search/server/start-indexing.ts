import type { Logger } from 'pino';
import { type Loop, startLoop } from '../../platform/server/loop.ts';
import type { SearchIndex } from './search-index.ts';

/** Keeps what a search has to catch up with short. */
const everyMs = 2_000;

/** Any number of processes may run it: one at a time writes. */
export function startIndexing({ search, log }: { search: SearchIndex; log: Logger }): Loop {
  return startLoop('index for search', everyMs, log, async (signal) => {
    while (!signal.aborted && !(await search.catchUp(Date.now())));
  });
}
