import { isNumber } from '../../../shared/platform/json.ts';
import { pointer } from '../../../shared/platform/json-pointer.ts';

/** A place of a document whose name or value contains what was looked for. */
export interface Match {
  /** JSON Pointer. */
  path: string;
  /** The beginning of the value. */
  value: string;
}

export const mostMatches = 1000;
const longestValue = 120;

/**
 * Looks through a document. It yields after every 2,000 places, so that a page can do something else in between.
 * @returns the first 1,000 matches, and whether there are more
 */
export function* searchJson(
  value: unknown,
  query: string,
): Generator<undefined, { matches: Match[]; more: boolean }> {
  const wanted = query.toLowerCase();
  const matches: Match[] = [];
  const left: { name: string; path: string; value: unknown }[] = [{ name: '', path: '', value }];
  for (let place = left.pop(), seen = 1; place; place = left.pop(), seen += 1) {
    const { name, path, value: found } = place;
    const inner = entriesOf(found);
    if (
      name.toLowerCase().includes(wanted) ||
      (inner === null && textOf(found).toLowerCase().includes(wanted))
    ) {
      if (matches.length === mostMatches) return { matches, more: true };
      matches.push({ path, value: shown(found) });
    }
    // Backwards, because the last one is next.
    if (inner)
      for (let at = inner.length - 1; at >= 0; at -= 1) {
        const [key, item] = inner[at]!;
        left.push({ name: Array.isArray(found) ? '' : key, path: pointer(path, key), value: item });
      }
    if (seen % 2000 === 0) yield;
  }
  return { matches, more: false };
}

/**
 * The parts of a document at a path: `/orders/3/id`, `orders[3].id`, or with `*` for every field or item.
 * @returns null when there are none; with a `*`, an object of the parts by their paths
 */
export function partAt(value: unknown, path: string): { value: unknown } | null {
  const steps = stepsOf(path);
  let parts: [path: string, value: unknown][] = [['', value]];
  for (const step of steps)
    parts = parts.flatMap(([at, found]): [string, unknown][] => {
      const inner = entriesOf(found) ?? [];
      if (step === '*') return inner.map(([key, item]) => [pointer(at, key), item]);
      const item = inner.find(([key]) => key === step);
      return item ? [[pointer(at, step), item[1]]] : [];
    });
  if (parts.length === 0) return null;
  return { value: steps.includes('*') ? Object.fromEntries(parts.slice(0, mostMatches)) : parts[0]![1] };
}

function stepsOf(path: string): string[] {
  const text = path.trim();
  if (text.startsWith('/'))
    return text
      .slice(1)
      .split('/')
      .map((step) => step.replaceAll('~1', '/').replaceAll('~0', '~'));
  return text
    .replace(/^\$\.?/, '')
    .replaceAll(/\[(?:"([^"]*)"|'([^']*)'|([^\]]*))\]/g, (_, one, two, three) => `.${one ?? two ?? three}`)
    .split('.')
    .filter(Boolean);
}

/** Null: it has nothing inside. */
const entriesOf = (value: unknown): [string, unknown][] | null =>
  typeof value === 'object' && value !== null && !isNumber(value) ? Object.entries(value) : null;

const textOf = (value: unknown): string =>
  typeof value === 'string' ? value : (JSON.stringify(value) ?? '');

function shown(value: unknown): string {
  const inner = entriesOf(value);
  if (inner) return Array.isArray(value) ? '[…]' : '{…}';
  const text = JSON.stringify(value) ?? '';
  return text.length > longestValue ? `${text.slice(0, longestValue)}…` : text;
}
