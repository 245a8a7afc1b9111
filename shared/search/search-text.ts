import { isUuid } from '../platform/ids.ts';
import { redactionMark } from '../platform/redaction/redaction-mark.ts';

/** A text is cut here, so that a long one costs little more than a short one. */
const maxBody = 4_000;

/** The form in which texts are stored and compared: words in lower case. */
export function searchBody(parts: readonly (string | null)[]): string {
  const text = parts.filter((part) => part !== null).join(' ');
  // Cut first, because normalizing costs time, and again, because a text may grow by it.
  const body = wordsOf(withoutMarks(text.slice(0, maxBody)))
    .join(' ')
    .slice(0, maxBody);
  return body.toWellFormed();
}

/** Of the marks of personal data only a hash finds anything: the name of a kind would find them all. */
const withoutMarks = (text: string): string =>
  text.includes('[redacted:') ? text.replace(/\[redacted:[^\]#]*\]/g, ' ') : text;

/** The end of an id, of which pages show a part. */
export const idWord = (id: string): string => id.slice(-12);

/** The values of a JSON text, which may be cut off, without names and redacted values. */
export function jsonWords(json: string): string {
  const words: string[] = [];
  for (const [, string, name, bare] of json.matchAll(/("(?:[^"\\]|\\.)*")(\s*:)?|(-?\d[\d.eE+-]*)/g)) {
    if (bare !== undefined) words.push(bare);
    else if (string !== undefined && name === undefined) words.push(JSON.parse(string) as string);
  }
  return words.filter((word) => !word.includes(redactionMark)).join(' ');
}

function wordsOf(text: string): string[] {
  return text
    .normalize('NFKC')
    .toLowerCase()
    .split(/[\s\0]+/)
    .filter((word) => word !== '');
}

export interface SearchQuery {
  /** A text matches when it contains each of them. */
  parts: string[];
  /** Hashes of what such a text contains. Words of one or two characters have none. */
  grams: number[];
}

/**
 * What to look for: a text must contain every word, in any order. An id may be whole or as pages show it ("…1a2b3c4d").
 */
export function searchQuery(q: string): SearchQuery {
  const words = wordsOf(q.trim().replace(/^…/, '')).map((word) => (isUuid(word) ? idWord(word) : word));
  const parts = [...new Set(words)];
  return { parts, grams: [...new Set(parts.flatMap(gramsOf))] };
}

/** A hash for every three characters of a word. */
export function gramsOf(body: string): number[] {
  const grams = new Set<number>();
  for (let place = 0; place + 2 < body.length; place++) {
    const units = [body.charCodeAt(place), body.charCodeAt(place + 1), body.charCodeAt(place + 2)];
    if (!units.includes(space)) grams.add(units.reduce(mix, 0));
  }
  return [...grams];
}

const space = 32;

/** One step of MurmurHash3, to a signed 32-bit integer. */
function mix(hash: number, unit: number): number {
  const part = Math.imul(unit, 0xcc9e2d51);
  const turned = hash ^ Math.imul((part << 15) | (part >>> 17), 0x1b873593);
  return (Math.imul((turned << 13) | (turned >>> 19), 5) + 0xe6546b64) | 0;
}
