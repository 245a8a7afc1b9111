export interface Measured {
  /** Milliseconds of each call, in the order in which they ended. */
  latencies: number[];
  elapsedMs: number;
}

/** Repeats `one`, `concurrency` at a time, `count` times or for `durationMs`. */
export async function measure(
  {
    concurrency,
    count = Number.POSITIVE_INFINITY,
    durationMs = Number.POSITIVE_INFINITY,
  }: {
    concurrency: number;
    count?: number;
    durationMs?: number;
  },
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

export function percentile(values: number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;
}

export const median = (values: number[]): number => percentile(values, 0.5);
