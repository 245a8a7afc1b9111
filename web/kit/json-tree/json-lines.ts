import { isNumber } from '../../../shared/platform/json.ts';

/** A line of a JSON value as it is shown: `[` and `]` have lines of their own where a group is open. Pure. */
export interface JsonLine {
  kind: 'value' | 'closed' | 'open' | 'end' | 'text';
  /** The JSON pointer of what it shows. */
  path: string;
  depth: number;
  /** Of a field; items of lists have none. */
  name: string | undefined;
  value: unknown;
  /** Nothing follows in its group. */
  last: boolean;
  /** Of `text`, which is a part of a long text: which one. */
  part: number;
}

/** What a person has opened and closed, by pointer. */
export type Turned = ReadonlyMap<string, boolean>;

/** A longer text is shortened until it is opened, and then has lines of this length. */
export const textLimit = 400;
const textPart = 2_000;

export const isGroup = (value: unknown): value is object =>
  typeof value === 'object' && value !== null && !isNumber(value) && sizeOf(value) > 0;

export const sizeOf = (value: object): number =>
  Array.isArray(value) ? value.length : Object.keys(value).length;

/** The first two levels are open, unless that is long. */
const opensItself = (depth: number, value: object, around: number): boolean =>
  depth === 0 || (depth === 1 && around <= 200 && sizeOf(value) <= 200);

/** Only what is open costs time: a document of some MB has a few hundred lines at first. */
export function linesOf(value: unknown, turned: Turned): JsonLine[] {
  const lines: JsonLine[] = [];
  const add = (
    value: unknown,
    at: { path: string; depth: number; name: string | undefined; last: boolean; around: number },
  ): void => {
    const { path, depth, name, last, around } = at;
    const line = { path, depth, name, value, last, part: 0 };
    if (!isGroup(value)) {
      lines.push({ ...line, kind: 'value' });
      if (typeof value === 'string' && value.length > textLimit && turned.get(path) === true)
        for (let part = 1; part <= Math.ceil(value.length / textPart); part++)
          lines.push({ ...line, kind: 'text', part });
      return;
    }
    if (!(turned.get(path) ?? opensItself(depth, value, around))) {
      lines.push({ ...line, kind: 'closed' });
      return;
    }
    lines.push({ ...line, kind: 'open' });
    const size = sizeOf(value);
    const isList = Array.isArray(value);
    let index = 0;
    for (const [key, each] of Object.entries(value)) {
      index += 1;
      add(each, {
        path: `${path}/${isList ? key : escaped(key)}`,
        depth: depth + 1,
        name: isList ? undefined : key,
        last: index === size,
        around: size,
      });
    }
    lines.push({ ...line, kind: 'end' });
  };
  add(value, { path: '', depth: 0, name: undefined, last: true, around: 0 });
  return lines;
}

const escaped = (key: string): string => key.replaceAll('~', '~0').replaceAll('/', '~1');

/** A part of a long text, as it is written in JSON. */
export const partOf = (text: string, part: number): string =>
  JSON.stringify(text.slice((part - 1) * textPart, part * textPart)).slice(1, -1);

/** The groups around a pointer, the outermost first: open, they show what it points at. */
export function groupsAround(path: string): string[] {
  const around: string[] = [];
  for (let at = path.lastIndexOf('/'); at >= 0; at = path.lastIndexOf('/', at - 1)) {
    around.unshift(path.slice(0, at));
    if (at === 0) break;
  }
  return around;
}
