import { isScalar, type JsonValue, mapInner } from '../json.ts';
import type { SecretRedactor } from './redaction.ts';
import { createStreamRedactor } from './stream-redactor.ts';

/**
 * Redacts a value whose lists hold what came one after the other (events, messages, lines) as such parts are shown while
 * they come: a secret that goes from one item to the next is found too. The same value when nothing was found.
 */
export function redactParts(redactor: SecretRedactor, value: JsonValue): JsonValue {
  if (Array.isArray(value)) return redactItems(redactor, value);
  if (isScalar(value)) return redactor.json(value);
  return mapInner(value, redactor.text, (inner) => redactParts(redactor, inner));
}

/** The same for one list. */
export function redactItems(redactor: SecretRedactor, items: JsonValue[]): JsonValue[] {
  // Whatever is held back appears at the end.
  const stream = createStreamRedactor(redactor, Number.POSITIVE_INFINITY);
  const parts = [...items.flatMap((value) => stream.push({ kind: 'data', value })), ...stream.end()];
  const shown = parts.map(({ value }) => value);
  return shown.every((value, index) => value === items[index]) ? items : shown;
}
