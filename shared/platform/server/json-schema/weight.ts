import { isObject } from '../../schema-properties.ts';

/** Rough numbers of what checking takes, known before it begins. One unit takes less than a microsecond. */

/** More than this is not weighed further: it is too much anyway. */
const enough = 1_000_000;

/** Values in a JSON value, with 16 characters of text counted as one more; beyond `limit` it is not counted further. */
export function sizeOf(value: unknown, limit = enough): number {
  let size = 0;
  const stack: unknown[] = [value];
  while (stack.length > 0 && size <= limit) {
    const node = stack.pop();
    size += 1;
    if (typeof node === 'string') size += node.length >> 4;
    else if (Array.isArray(node)) {
      if (size + node.length > limit) return size + node.length;
      for (const inner of node) stack.push(inner);
    } else if (isObject(node))
      for (const [key, inner] of Object.entries(node)) {
        size += key.length >> 4;
        stack.push(inner);
      }
  }
  return size;
}

const weights = new WeakMap<object, number>();

/** What a schema may take for each unit of a value: its size, and more for each regular expression. */
export function weightOf(schema: object): number {
  const known = weights.get(schema);
  if (known !== undefined) return known;
  const weight = sizeOf(schema) + patternsWeight(schema);
  weights.set(schema, weight);
  return weight;
}

function patternsWeight(schema: object): number {
  let weight = 0;
  const stack: unknown[] = [schema];
  while (stack.length > 0 && weight < enough) {
    const node = stack.pop();
    if (node === null || typeof node !== 'object') continue;
    for (const [key, inner] of Object.entries(node)) {
      if (key === 'pattern' || key === 'format') weight += patternWeight(inner);
      if (key === 'patternProperties' && inner !== null && typeof inner === 'object')
        for (const pattern of Object.keys(inner)) weight += patternWeight(pattern);
      stack.push(inner);
    }
  }
  return weight;
}

/** Compiling and matching take time by the size of the unrolled expression: about 3 µs for each of its atoms. */
function patternWeight(pattern: unknown): number {
  return typeof pattern === 'string' ? 10 + unrolledSize(pattern) / 20 : 0;
}

/** Atoms of a regular expression when each counted repetition is written out: 1,000 for `((a?){10}){100}`. */
export function unrolledSize(pattern: string): number {
  const parts = pattern.match(/\\.|\[(?:\\.|[^\]])*\]|\{\d+(?:,\d*)?\}|[\s\S]/g) ?? [];
  const around: number[] = [];
  let size = 0;
  let last = 0;
  for (const part of parts) {
    if (part === '(') {
      around.push(size);
      size = 0;
    } else if (part === ')') {
      last = size + 1;
      size = (around.pop() ?? 0) + last;
    } else if (part.length > 2 && part.startsWith('{')) {
      const times = Math.max(...(part.match(/\d+/g) ?? []).map(Number));
      size += last * (times - 1);
      last *= times;
    } else {
      last = 1;
      size += 1;
    }
  }
  return size;
}
