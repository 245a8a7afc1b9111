import { ExactNumber } from '../../../platform/exact-number.ts';
import { isObject } from '../../../platform/schema-properties.ts';

/** By this keyword a property of an input schema asks for its value in a header, beside the arguments. */
export const headerKeyword = 'x-mcp-header';

/** A name of HTTP (RFC 9110, section 5.6.2). */
const token = /^[!#$%&'*+\-.^_`|~0-9A-Za-z]+$/;
const types = new Set<unknown>(['string', 'integer', 'boolean']);

/**
 * The `Mcp-Param-` headers of a call: those arguments that the schema asks for. Where it asks for something that the
 * protocol does not have, there is no header: the schema is refused when it is saved.
 */
export function paramHeaders(schema: unknown, input: unknown): Record<string, string> {
  if (!isObject(schema) || !isObject(schema.properties) || !isObject(input)) return {};
  const found: Record<string, string> = {};
  for (const [name, property] of Object.entries(schema.properties)) {
    if (!isObject(property) || !Object.hasOwn(input, name)) continue;
    const value = textOf(input[name]);
    if (value === null) Object.assign(found, paramHeaders(property, input[name]));
    else if (headerProblem(property) === null)
      found[`mcp-param-${String(property[headerKeyword]).toLowerCase()}`] = encoded(value);
  }
  return found;
}

/** What is wrong with the header of a property; null: nothing, and empty: it asks for none. */
export function headerProblem(property: Record<string, unknown>): string | null {
  const name = property[headerKeyword];
  if (name === undefined) return '';
  if (typeof name !== 'string' || !token.test(name)) return 'is no name of a header';
  return types.has(property.type) ? null : 'belongs to a property of type string, integer or boolean';
}

function textOf(value: unknown): string | null {
  if (typeof value === 'string') return value;
  return typeof value === 'boolean' || typeof value === 'number' || value instanceof ExactNumber
    ? String(value)
    : null;
}

/** A header is printable ASCII. Any other text, and one that looks like this form, is sent in base64. */
function encoded(value: string): string {
  const isPlain =
    /^(?:[\x21-\x7e](?:[\x20-\x7e]*[\x21-\x7e])?)?$/.test(value) && !/^=\?base64\?.*\?=$/.test(value);
  if (isPlain) return value;
  const bytes = Array.from(new TextEncoder().encode(value), (byte) => String.fromCharCode(byte));
  return `=?base64?${btoa(bytes.join(''))}?=`;
}
