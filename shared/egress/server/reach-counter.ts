import type { Logger } from 'pino';
import type { Database } from '../../platform/db/database.ts';
import type { Reach } from '../../platform/server/egress/egress.ts';
import { addReach, type CountedReach, forgetReach } from '../db/reach.ts';

/** Counts in memory what was reached and refused, so that a call costs no statement. */
export interface ReachCounter {
  count(reach: Reach): void;
  /** Stores what was counted. Never rejects: what could not be stored is stored with the next. */
  flush(): Promise<void>;
  stop(): Promise<void>;
}

/** What a process has counted is stored so long after the first of it. */
const flushMs = 2_000;
/** While the database is unavailable, no more kinds of requests than these are kept. */
const mostKept = 10_000;
const forgetEveryMs = 3_600_000;

export function createReachCounter({ db, log }: { db: Database; log: Logger }): ReachCounter {
  let counted = new Map<string, CountedReach>();
  let timer: NodeJS.Timeout | null = null;
  let flushing: Promise<void> = Promise.resolve();
  let forgottenAt = 0;
  let stopped = false;

  const keep = (reach: CountedReach): void => {
    const { tenantId, day, host, port, method, caller, outcome } = reach;
    const key = `${tenantId} ${day} ${host} ${port} ${method} ${caller.type} ${caller.id} ${outcome}`;
    const known = counted.get(key);
    if (known) {
      known.count += reach.count;
      if (reach.lastAt > known.lastAt) known.lastAt = reach.lastAt;
    } else if (counted.size < mostKept) counted.set(key, reach);
  };

  const later = (): void => {
    if (stopped || timer !== null) return;
    timer = setTimeout(() => void flush(), flushMs);
    timer.unref();
  };

  async function store(): Promise<void> {
    if (counted.size === 0) return;
    const taken = counted;
    counted = new Map();
    try {
      await db.system((connection) => addReach(connection, [...taken.values()]));
      if (Date.now() - forgottenAt < forgetEveryMs) return;
      forgottenAt = Date.now();
      await db.system(forgetReach);
    } catch (error) {
      for (const reach of taken.values()) keep(reach);
      log.warn({ err: error }, 'What was reached could not be counted now');
      later();
    }
  }

  function flush(): Promise<void> {
    if (timer !== null) clearTimeout(timer);
    timer = null;
    flushing = flushing.then(store);
    return flushing;
  }

  return {
    count({ tenantId, caller, method, host, port, outcome }) {
      const lastAt = new Date();
      const day = lastAt.toISOString().slice(0, 10);
      keep({ tenantId, caller, method, host, port, outcome, day, count: 1, lastAt });
      later();
    },
    flush,
    async stop() {
      stopped = true;
      await flush();
    },
  };
}
