import { InterlockError } from '../error-codes.ts';
import { isScalar, type JsonObject, type JsonValue, mapInner } from '../json.ts';
import { type Json, JsonText, jsonText, jsonValue } from '../json-text.ts';
import { type Redacted, redact } from '../redaction/redact.ts';
import { BudgetError, isolated } from './isolates/isolated.ts';
import { makeStorable } from './json-schema/storable.ts';
import { sizeOf } from './json-schema/weight.ts';
import { type PiiRules, piiRedactor } from './pii-rules.ts';

const cpuMs = 1000;
/** In units of `sizeOf`: a text of 64 kB, or 4,000 values. */
const smallSize = 4096;

const redactThere = isolated(redactHere, import.meta.url);

/**
 * A large value as its text, which isolates check and redact, so that this process only passes it on. One that is too deep
 * to be written stays as it is, and is refused.
 */
export function carried(value: JsonValue): Json {
  if (!isLarge(value)) return value;
  try {
    return jsonText(value);
  } catch (error) {
    if (error instanceof RangeError) return value;
    throw error;
  }
}

export const isLarge = (value: JsonValue): boolean => sizeOf(value, smallSize) > smallSize;

export interface RedactedJson extends Omit<Redacted, 'value'> {
  value: Json;
  /** Of a changed text with long fields: with the beginnings of its fields, all that is stored of what was sent. */
  begun?: JsonText;
}

export interface RedactLargeOptions {
  /** Characters that cannot be stored are replaced too, which is no change. */
  storable?: boolean;
  /** Its lists hold what came one after the other. */
  streamed?: boolean;
}

/**
 * A value without its secrets: a small one is redacted here, a large one in an isolate, which returns a text.
 * @param pii what the tenant wants done with personal data; null: nothing
 * @throws BudgetError
 */
export async function redactLarge(
  value: Json,
  schema: unknown,
  known: readonly string[],
  tenantId: string,
  pii: PiiRules | null,
  { storable = false, streamed = false }: RedactLargeOptions = {},
): Promise<RedactedJson> {
  if (!(value instanceof JsonText) && sizeOf(value, smallSize) + known.length <= smallSize) {
    const redacted = redact(value, schema, known, piiRedactor(pii), streamed);
    return storable ? { ...redacted, value: makeStorable(redacted.value) } : redacted;
  }
  const budget = { cpuMs, maxBytes: Number.POSITIVE_INFINITY, tenantId };
  const { clean, ...found } = await redactThere(budget, value, schema ?? null, known, pii, {
    storable,
    streamed,
  });
  return { value: clean ?? value, ...found };
}

type SentWork<T> = [
  value: T,
  schema: unknown,
  known: readonly string[],
  tenantId: string,
  pii: PiiRules | null,
];

/** The same for what someone sends; a text only where one is given. @throws InterlockError `invalid_input` */
export async function redactSent(...work: SentWork<JsonValue>): Promise<Redacted>;
export async function redactSent(...work: SentWork<Json>): Promise<RedactedJson>;
export async function redactSent(...work: SentWork<Json>): Promise<RedactedJson> {
  try {
    const redacted = await redactLarge(...work);
    return work[0] instanceof JsonText ? redacted : { ...redacted, value: jsonValue(redacted.value) };
  } catch (error) {
    if (!(error instanceof BudgetError)) throw error;
    throw new InterlockError('invalid_input', 'The input takes too long to redact. Nothing was sent.', {
      issues: [{ path: '', message: 'takes too long to redact', keyword: 'secret' }],
    });
  }
}

/** What has not changed is not sent back. */
export function redactHere(
  sent: Json,
  schema: unknown,
  known: readonly string[],
  rules: PiiRules | null,
  { storable, streamed }: Required<RedactLargeOptions>,
): { clean?: JsonText; begun?: JsonText } & Omit<Redacted, 'value'> {
  const value = jsonValue(sent);
  const { value: redacted, ...found } = redact(value, schema, known, piiRedactor(rules), streamed);
  const clean = storable ? makeStorable(redacted) : redacted;
  if (clean === value) return found;
  const begun = isScalar(clean) ? clean : mapInner(clean, (name) => name, beginningOf);
  const shown = begun === clean ? {} : { begun: jsonText(begun) };
  return { clean: jsonText(clean), ...shown, ...found };
}

/** Of a value, in characters. */
const longestBeginning = 81_920;

/** What the first 80,000 characters of a value have room for; the same value when it is not longer. */
export function beginningOf(value: JsonValue): JsonValue {
  let room = longestBeginning;
  const begin = (inner: JsonValue): JsonValue => {
    if (typeof inner === 'string') {
      const text = inner.slice(0, Math.max(room, 0));
      room -= inner.length;
      return text;
    }
    room -= 1;
    if (isScalar(inner)) return inner;
    const begun: [string, JsonValue][] = [];
    for (const name of Object.keys(inner)) {
      if (room <= 0) break;
      room -= name.length;
      begun.push([name, begin((inner as JsonObject)[name]!)]);
    }
    return Array.isArray(inner) ? begun.map(([, item]) => item) : Object.fromEntries(begun);
  };
  const begun = begin(value);
  return room > 0 ? value : begun;
}
