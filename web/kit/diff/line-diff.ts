export interface DiffLine {
  kind: 'same' | 'added' | 'removed';
  text: string;
  /** Line numbers from 1; undefined where the line is not on that side. */
  before?: number;
  after?: number;
}

/** Above this many cells the middle is shown as replaced whole: still right, only less fine. */
const maxCells = 4_000_000;

/** Line by line, by longest common subsequence. */
export function diffLines(before: string, after: string): DiffLine[] {
  const a = before.split('\n');
  const b = after.split('\n');
  let start = 0;
  while (start < a.length && start < b.length && a[start] === b[start]) start++;
  let end = 0;
  while (end < a.length - start && end < b.length - start && a[a.length - 1 - end] === b[b.length - 1 - end])
    end++;

  const lines: DiffLine[] = [];
  const same = (i: number, j: number) =>
    lines.push({ kind: 'same', text: a[i] ?? '', before: i + 1, after: j + 1 });
  const removed = (i: number) => lines.push({ kind: 'removed', text: a[i] ?? '', before: i + 1 });
  const added = (j: number) => lines.push({ kind: 'added', text: b[j] ?? '', after: j + 1 });

  for (let i = 0; i < start; i++) same(i, i);
  const rows = a.length - start - end;
  const columns = b.length - start - end;
  if (rows * columns > maxCells) {
    for (let i = 0; i < rows; i++) removed(start + i);
    for (let j = 0; j < columns; j++) added(start + j);
  } else {
    // lengths[i][j]: of the longest common part of a from i and b from j.
    const width = columns + 1;
    const lengths = new Uint32Array((rows + 1) * width);
    const at = (i: number, j: number) => lengths[i * width + j] ?? 0;
    for (let i = rows - 1; i >= 0; i--) {
      for (let j = columns - 1; j >= 0; j--) {
        lengths[i * width + j] =
          a[start + i] === b[start + j] ? at(i + 1, j + 1) + 1 : Math.max(at(i + 1, j), at(i, j + 1));
      }
    }
    let i = 0;
    let j = 0;
    while (i < rows || j < columns) {
      if (i < rows && j < columns && a[start + i] === b[start + j]) same(start + i++, start + j++);
      else if (i < rows && (j === columns || at(i + 1, j) >= at(i, j + 1))) removed(start + i++);
      else added(start + j++);
    }
  }
  for (let k = end; k > 0; k--) same(a.length - k, b.length - k);
  return lines;
}

export type DiffPart = { folded: false; lines: DiffLine[] } | { folded: true; lines: DiffLine[] };

/** Folds what did not change, but for `context` lines around each change. */
export function foldDiff(lines: readonly DiffLine[], context = 3): DiffPart[] {
  const near = new Uint8Array(lines.length);
  lines.forEach((line, index) => {
    if (line.kind === 'same') return;
    for (let k = Math.max(0, index - context); k <= Math.min(lines.length - 1, index + context); k++)
      near[k] = 1;
  });
  const parts: DiffPart[] = [];
  lines.forEach((line, index) => {
    const folded = near[index] === 0;
    const last = parts.at(-1);
    if (last && last.folded === folded) last.lines.push(line);
    else parts.push({ folded, lines: [line] });
  });
  // One or two lines are not worth a fold.
  return parts.map((part) =>
    part.folded && part.lines.length <= 2 ? { folded: false, lines: part.lines } : part,
  );
}
