const tails = new Map<string, Promise<unknown>>();

/**
 * Runs work with the same key one after the other, within this process. `waited`: other work ran first. This only reduces
 * contention; other processes do not wait.
 */
export async function oneAtATime<T>(key: string, work: (waited: boolean) => Promise<T>): Promise<T> {
  const before = tails.get(key);
  const mine = before ? before.then(() => work(true)) : work(false);
  const tail = mine.catch(() => {});
  tails.set(key, tail);
  try {
    return await mine;
  } finally {
    if (tails.get(key) === tail) tails.delete(key);
  }
}
