/**
 * A generator that ends at once when its reader leaves: one that waits for a value would end after that value only.
 * @param make is given what ends it
 */
export function stoppable<T>(
  outer: AbortSignal,
  make: (signal: AbortSignal) => AsyncGenerator<T, void, undefined>,
): AsyncGenerator<T, void, undefined> {
  const left = new AbortController();
  const signal = AbortSignal.any([outer, left.signal]);
  const source = make(signal);
  const leave = async () => {
    left.abort();
    return source.return();
  };
  return {
    // A wait that the signal has ended is the end of the values, not an error.
    next: () =>
      source.next().catch((error: unknown) => {
        if (signal.aborted) return { done: true, value: undefined };
        throw error;
      }),
    return: leave,
    throw: leave,
    [Symbol.asyncIterator]() {
      return this;
    },
    async [Symbol.asyncDispose]() {
      await leave();
    },
  };
}
