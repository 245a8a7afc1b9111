/** The relative error of a percentile, at most; below 1 ms it is up to 1 ms. */
export const timeError = 0.02;
/** Each bin is so much wider than the one before. Bin 0 has everything up to 1 ms. */
export const binGrowth = (1 + timeError) / (1 - timeError);

/** Times by bins, with how many there are of each. */
export type TimeBins = ReadonlyMap<number, number>;

/** What a time of this bin is taken for: at most 2 % from it. */
const middleOf = (bin: number): number => (bin === 0 ? 1 : (2 * binGrowth ** bin) / (binGrowth + 1));

/** For each share, the time that so many of all times do not exceed, in milliseconds; null: there is none. */
export function percentilesOf(bins: TimeBins, shares: readonly number[]): (number | null)[] {
  const sorted = [...bins].filter(([, count]) => count > 0).sort(([a], [b]) => a - b);
  const all = sorted.reduce((sum, [, count]) => sum + count, 0);
  return shares.map((share) => {
    let left = Math.max(1, Math.ceil(all * share));
    for (const [bin, count] of sorted) {
      left -= count;
      if (left <= 0) return Math.round(middleOf(bin) * 10) / 10;
    }
    return null;
  });
}
