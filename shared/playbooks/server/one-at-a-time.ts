const tails = new Map<string, Promise<unknown>>();

/**
 * Runs the work of one key one after the other, in this process. `waited` says whether there was work before. It only
 * reduces contention; other processes are not held back.
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
