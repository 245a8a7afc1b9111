import { ExactNumber, fittingDouble, isIntegral } from '../../../exact-number.ts';
import { hasUnusualNumbers, readJson } from '../../../read-json.ts';

/** A number of an input that no double has: where it is, and its digits. */
export interface Exact {
  path: (string | number)[];
  text: string;
  integral: boolean;
}

/** The numbers of a JSON text that JavaScript would change in value. */
export function exactNumbersOf(json: string): Exact[] {
  const found: Exact[] = [];
  if (hasUnusualNumbers(json)) collect(readJson(json), [], found);
  return found;
}

function collect(value: unknown, path: (string | number)[], found: Exact[]): void {
  if (value instanceof ExactNumber) {
    if (fittingDouble(value) === null)
      found.push({ path: [...path], text: value.text, integral: isIntegral(value) });
  } else if (Array.isArray(value)) {
    for (const [index, each] of value.entries()) collect(each, [...path, index], found);
  } else if (typeof value === 'object' && value !== null) {
    for (const [key, each] of Object.entries(value)) collect(each, [...path, key], found);
  }
}
