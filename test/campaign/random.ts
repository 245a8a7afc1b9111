/** Numbers that look random and depend on the seed alone. */
export interface Random {
  /** 0 ≤ number < 1 */
  next(): number;
  between(least: number, most: number): number;
  oneOf<T>(values: readonly T[]): T;
}

/** mulberry32: good enough to choose faults. */
export function createRandom(seed: number): Random {
  let state = seed >>> 0;
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
  return fromNext(next);
}

/** Of the load, which no seed repeats: its timing depends on the machine. */
export const anyRandom: Random = fromNext(Math.random);

function fromNext(next: () => number): Random {
  return {
    next,
    between: (least, most) => least + next() * (most - least),
    oneOf: (values) => {
      const value = values[Math.floor(next() * values.length)];
      if (value === undefined) throw new Error('There is nothing to choose from.');
      return value;
    },
  };
}
