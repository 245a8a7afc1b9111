import type { ExactNumber } from '../../../shared/platform/exact-number.ts';
import { isNumber } from '../../../shared/platform/json.ts';
import { readJson } from '../../../shared/platform/read-json.ts';

const numberPattern = /^([+-]?)0*(\d*)(?:\.(\d*))?([eE][+-]?\d+)?$/;

/**
 * The number that a text means, with its digits; undefined for an empty text, the text itself when it is not a number.
 */
export function readNumber(text: string): number | ExactNumber | string | undefined {
  const trimmed = text.trim().replace(',', '.');
  if (trimmed === '') return undefined;
  const parts = numberPattern.exec(trimmed);
  if (!parts || !/\d/.test(trimmed) || !Number.isFinite(Number(trimmed))) return text;
  const [, sign = '', whole = '', fraction = '', exponent = ''] = parts;
  const json = `${sign === '-' ? '-' : ''}${whole || '0'}${fraction && `.${fraction}`}${exponent}`;
  try {
    const value = readJson(json);
    return isNumber(value) ? value : text;
  } catch {
    // More digits than the server takes.
    return text;
  }
}
