export interface Load {
  concurrency: number;
  /** Makes this many calls, or calls for this long. */
  count?: number;
  durationMs?: number;
}

export interface Measured {
  /** Milliseconds of each call, in the order in which they ended. */
  latencies: number[];
  elapsedMs: number;
}

/** Repeats `one`, `concurrency` at a time, `count` times or for `durationMs`. */
export async function measure(
  { concurrency, count = Number.POSITIVE_INFINITY, durationMs = Number.POSITIVE_INFINITY }: Load,
  one: () => Promise<unknown>,
): Promise<Measured> {
  const latencies: number[] = [];
  const from = performance.now();
  let begun = 0;
  const lane = async () => {
    while (begun < count && performance.now() - from < durationMs) {
      begun++;
      const at = performance.now();
      await one();
      latencies.push(performance.now() - at);
    }
  };
  await Promise.all(Array.from({ length: concurrency }, lane));
  return { latencies, elapsedMs: performance.now() - from };
}

/** Between two neighbours in proportion, so that few values have quartiles too; NaN of none. */
export function percentile(values: number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  const at = (sorted.length - 1) * share;
  const [below, above] = [sorted[Math.floor(at)], sorted[Math.ceil(at)]];
  if (below === undefined || above === undefined) return Number.NaN;
  return below + (above - below) * (at - Math.floor(at));
}

export const median = (values: number[]): number => percentile(values, 0.5);

/**
 * Compares what was measured round by round: what disturbs a whole round is in both of its values.
 * @param value of all rounds, the median of their ratios
 */
export function ratioOf(above: number[], below: number[]): { value: number; quartiles: [number, number] } {
  const ratios = above.flatMap((one, round) => {
    const other = below[round];
    return other === undefined ? [] : [one / other];
  });
  return { value: median(ratios), quartiles: [percentile(ratios, 0.25), percentile(ratios, 0.75)] };
}

/** The order of a round: each begins in turn, and every other round runs backwards, so that no one follows the same one always. */
export function inTurn<T>(all: readonly T[], round: number): T[] {
  const from = Math.floor(round / 2) % all.length;
  const order = [...all.slice(from), ...all.slice(0, from)];
  return round % 2 === 0 ? order : order.reverse();
}
