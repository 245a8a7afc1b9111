/** Rough numbers of what checking takes, known before it begins. One unit takes less than a microsecond. */

/** More than this is not weighed further: it is too much anyway. */
const enough = 1_000_000;

/** Values in a JSON value, with 16 characters of text counted as one more. */
export function sizeOf(value: unknown): number {
  let size = 0;
  const stack: unknown[] = [value];
  while (stack.length > 0 && size < enough) {
    const node = stack.pop();
    size += 1;
    if (typeof node === 'string') size += node.length >> 4;
    else if (node !== null && typeof node === 'object')
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

const plainPattern = 10;
/** A counted repetition is unrolled: `(a{1,30}b?){1,30}` takes 4 ms to compile. */
const repetition = 100;

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

function patternWeight(pattern: unknown): number {
  if (typeof pattern !== 'string') return 0;
  return plainPattern + (pattern.length >> 4) + repetition * (pattern.split('{').length - 1);
}
