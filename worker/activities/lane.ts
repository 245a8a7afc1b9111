/** Work that is done one at a time in this process, in the order of arrival. */
export interface Lane {
  /** Resolves when it is the caller's turn. @returns what ends the turn */
  enter(): Promise<() => void>;
}

export function createLane(): Lane {
  let last: Promise<unknown> = Promise.resolve();
  return {
    enter() {
      const turn = Promise.withResolvers<void>();
      const before = last;
      last = before.then(() => turn.promise);
      return before.then(() => turn.resolve);
    },
  };
}
