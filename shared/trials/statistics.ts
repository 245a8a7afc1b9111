// Intervals of 95 % confidence, by methods that hold for few observations and need no assumption about latencies.

/** An estimate with the interval around it. */
export interface Estimate {
  value: number;
  low: number;
  high: number;
}

/** Of the standard normal distribution, for 95 % on both sides. */
const z = 1.959963984540054;

/** A proportion with its score interval (Wilson 1927). `of` is more than 0. */
export function proportion(count: number, of: number): Estimate {
  const value = count / of;
  const middle = (value + (z * z) / (2 * of)) / (1 + (z * z) / of);
  const half = (z * Math.sqrt((value * (1 - value)) / of + (z * z) / (4 * of * of))) / (1 + (z * z) / of);
  // Exact where it is certain: rounding would leave a trace.
  return {
    value,
    low: count === 0 ? 0 : Math.max(0, middle - half),
    high: count === of ? 1 : Math.min(1, middle + half),
  };
}

/** The difference of two proportions, with the hybrid score interval (Newcombe 1998, method 10). */
export function proportionDifference(one: Estimate, other: Estimate): Estimate {
  const value = one.value - other.value;
  return {
    value,
    low: value - Math.hypot(one.value - one.low, other.high - other.value),
    high: value + Math.hypot(one.high - one.value, other.value - other.low),
  };
}

/**
 * A quantile with the interval between two of the observations around it, by the binomial distribution of their ranks.
 * @param sorted in ascending order, not empty
 * @returns null in `low` and `high` when there are too few observations for that
 */
export function quantile(
  sorted: readonly number[],
  part: number,
): { value: number; low: number | null; high: number | null } {
  const count = sorted.length;
  const half = z * Math.sqrt(count * part * (1 - part));
  const low = Math.floor(count * part - half);
  const high = Math.ceil(count * part + half) + 1;
  return {
    value: sorted[Math.min(count, Math.max(1, Math.ceil(count * part))) - 1]!,
    low: low >= 1 ? sorted[low - 1]! : null,
    high: high <= count ? sorted[high - 1]! : null,
  };
}

/**
 * The difference of two medians with its interval (Price and Bonett 2002): by ranks, so that neither the shape of the
 * latencies nor a few very long ones matter.
 * @param one, other in ascending order, at least five each
 */
export function medianDifference(one: readonly number[], other: readonly number[]): Estimate {
  const value = median(one) - median(other);
  const half = z * Math.hypot(medianError(one), medianError(other));
  return { value, low: value - half, high: value + half };
}

function median(sorted: readonly number[]): number {
  const middle = sorted.length / 2;
  return sorted.length % 2 === 1 ? sorted[Math.floor(middle)]! : (sorted[middle - 1]! + sorted[middle]!) / 2;
}

/** The standard error of a median, from two of the observations around it. */
function medianError(sorted: readonly number[]): number {
  const count = sorted.length;
  const rank = Math.max(1, Math.round((count + 1) / 2 - Math.sqrt(count)));
  const width = sorted[count - rank]! - sorted[rank - 1]!;
  return width / (2 * normalQuantile(1 - halfBinomial(rank - 1, count)));
}

/** The probability of at most `most` heads in `count` throws of a coin. */
function halfBinomial(most: number, count: number): number {
  let logTerm = -count * Math.LN2;
  let sum = 0;
  for (let heads = 0; heads <= most; heads += 1) {
    sum += Math.exp(logTerm);
    logTerm += Math.log((count - heads) / (heads + 1));
  }
  return sum;
}

/** The quantile of the standard normal distribution (Acklam), to nine digits. `part` is between 0.5 and 1. */
function normalQuantile(part: number): number {
  const tail = 0.97575;
  const [a, b, c, d] = coefficients;
  if (part > tail) {
    const q = Math.sqrt(-2 * Math.log(1 - part));
    return -polynomial(c, q) / (polynomial(d, q) * q + 1);
  }
  const q = part - 0.5;
  return (polynomial(a, q * q) * q) / (polynomial(b, q * q) * q * q + 1);
}

const polynomial = (terms: readonly number[], at: number): number =>
  terms.reduce((sum, term) => sum * at + term, 0);

const coefficients = [
  [
    -39.69683028665376, 220.9460984245205, -275.9285104469687, 138.357751867269, -30.66479806614716,
    2.506628277459239,
  ],
  [-54.47609879822406, 161.5858368580409, -155.6989798598866, 66.80131188771972, -13.28068155288572],
  [
    -0.007784894002430293, -0.3223964580411365, -2.400758277161838, -2.549732539343734, 4.374664141464968,
    2.938163982698783,
  ],
  [0.007784695709041462, 0.3224671290700398, 2.445134137142996, 3.754408661907416],
] as const;
