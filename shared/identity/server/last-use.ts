import { LRUCache } from 'lru-cache';

export interface Use {
  id: string;
  address: string;
  at: Date;
}

/** When keys and sessions were last used. A use is written once a minute at most, after the request that it is about. */
export interface LastUse {
  note(id: string, address: string): void;
}

/** @param write its errors are ignored: the next use tries again */
export function createLastUse(
  write: (uses: Use[]) => Promise<unknown>,
  { everyMs = 60_000, delayMs = 500 } = {},
): LastUse {
  const noted = new LRUCache<string, number>({ max: 20_000 });
  let pending: Use[] = [];

  function flush(): void {
    const uses = pending;
    pending = [];
    write(uses).catch(() => {
      for (const { id } of uses) noted.delete(id);
    });
  }

  return {
    note(id, address) {
      const now = Date.now();
      if (now - (noted.get(id) ?? 0) < everyMs) return;
      noted.set(id, now);
      if (pending.length === 0) setTimeout(flush, delayMs).unref();
      pending.push({ id, address, at: new Date(now) });
    },
  };
}
