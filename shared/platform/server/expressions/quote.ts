import { isScalar, type JsonValue } from '../../json.ts';

/** A value as a template that resolves to it: data that looks like an expression is none. */
export function quote(value: JsonValue): JsonValue {
  if (typeof value === 'string') return value.includes('${{') ? quoteText(value) : value;
  if (isScalar(value)) return value;
  if (Array.isArray(value)) return value.map(quote);
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, quote(item)]));
}

/** A text as an expression. What could end the expression, or the text in it, is escaped. */
export const quoteText = (text: string): string =>
  `\${{ "${text.replace(/[^ !#%-[\]-z|~]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`)}" }}`;
