import { diffArrays } from 'diff';

export interface DiffLine {
  kind: 'same' | 'added' | 'removed';
  text: string;
  /** Line numbers from 1; undefined where the line is not on that side. */
  before?: number;
  after?: number;
}

/** About a second of work. Beyond it every line counts as replaced, so that the page never hangs. */
const maxEdits = 5000;

/** Compares two texts line by line. */
export function diffLines(before: string, after: string): DiffLine[] {
  const left = before.split('\n');
  const right = after.split('\n');
  const changes = diffArrays(left, right, { maxEditLength: maxEdits }) ?? [
    { value: left, added: false, removed: true },
    { value: right, added: true, removed: false },
  ];
  const at = { before: 0, after: 0 };
  return changes.flatMap(({ value, added, removed }) =>
    value.map((text): DiffLine => {
      if (removed) return { kind: 'removed', text, before: ++at.before };
      if (added) return { kind: 'added', text, after: ++at.after };
      return { kind: 'same', text, before: ++at.before, after: ++at.after };
    }),
  );
}

export interface DiffPart {
  /** Unchanged and far from any change. */
  folded: boolean;
  lines: DiffLine[];
}

/** Folds unchanged lines, except for `context` lines around each change. */
export function foldDiff(lines: readonly DiffLine[], context = 3): DiffPart[] {
  const near = new Set(
    lines.flatMap(({ kind }, index) =>
      kind === 'same' ? [] : Array.from({ length: 2 * context + 1 }, (_, k) => index - context + k),
    ),
  );
  const parts: DiffPart[] = [];
  for (const [index, line] of lines.entries()) {
    const folded = !near.has(index);
    const last = parts.at(-1);
    if (last?.folded === folded) last.lines.push(line);
    else parts.push({ folded, lines: [line] });
  }
  // A fold of one or two lines saves nothing.
  return parts.map((part) => (part.lines.length <= 2 ? { ...part, folded: false } : part));
}
