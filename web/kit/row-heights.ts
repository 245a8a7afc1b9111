/** Rows are laid out in blocks, so that heights that differ need one number for each block. */
export const blockRows = 20;

/** Where rows are in a long table of which only some are in the document. Pure. */
export interface RowHeights {
  /** What a row takes that was never laid out. */
  estimate: number;
  /** What blocks took when they were last laid out, by their number. */
  measured: ReadonlyMap<number, number>;
}

/** From where row `index` begins. */
export function topOf({ estimate, measured }: RowHeights, index: number): number {
  const block = Math.floor(index / blockRows);
  let top = block * blockRows * estimate;
  for (const [at, height] of measured) if (at < block) top += height - blockRows * estimate;
  const height = measured.get(block) ?? blockRows * estimate;
  return top + ((index % blockRows) / blockRows) * height;
}

/** The blocks between two heights, `last` included. */
export function blocksBetween(
  heights: RowHeights,
  count: number,
  { top, bottom }: { top: number; bottom: number },
): { first: number; last: number } {
  const blocks = Math.ceil(count / blockRows);
  let at = 0;
  let first = -1;
  for (let block = 0; block < blocks; block++) {
    const height = heights.measured.get(block) ?? blockRows * heights.estimate;
    if (first < 0 && at + height > top) first = block;
    if (at >= bottom)
      return { first: Math.max(0, first < 0 ? block - 1 : first), last: Math.max(0, block - 1) };
    at += height;
  }
  const last = Math.max(0, blocks - 1);
  return { first: first < 0 ? last : first, last };
}

/** The row at a height. */
export function rowAt(heights: RowHeights, count: number, top: number): number {
  const { first } = blocksBetween(heights, count, { top, bottom: top + 1 });
  const height = heights.measured.get(first) ?? blockRows * heights.estimate;
  const within = Math.floor(((top - topOf(heights, first * blockRows)) / height) * blockRows);
  return Math.max(0, Math.min(first * blockRows + Math.max(0, within), count - 1));
}
