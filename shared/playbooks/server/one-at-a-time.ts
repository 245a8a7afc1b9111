const tails = new Map<string, Promise<unknown>>();

/**
 * Lets work on one thing begin only when the work before it has ended, in this process. `waited` says whether there was
 * any. It spares others the crowd; what must hold for every process is guarded elsewhere.
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
