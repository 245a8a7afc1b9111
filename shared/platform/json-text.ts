import type { JsonValue } from './json.ts';
import { readJson } from './read-json.ts';

/**
 * JSON that stays a text: a large value that was checked elsewhere and is only passed on. `writeJson` copies the text;
 * `JSON.stringify` writes the same, but reads it first.
 */
export class JsonText {
  readonly text: string;

  constructor(text: string) {
    this.text = text;
  }

  toJSON(): JsonValue {
    if (copied === null) return readJson(this.text);
    copied.push(this.text);
    return place;
  }
}

/** A value, or its text. */
export type Json = JsonValue | JsonText;

/** Reads a text; that takes about 5 ms for 1 MB. */
export function jsonValue(json: Json): JsonValue;
export function jsonValue(json: Json | null): JsonValue | null;
export function jsonValue(json: Json | null): JsonValue | null {
  return json instanceof JsonText ? readJson(json.text) : json;
}

/** Where a text is copied to. No value holds it: it is new in each process and never leaves it. */
const place = crypto.randomUUID();
let copied: string[] | null = null;

/** What `JSON.stringify` writes; texts inside are copied. */
export function writeJson(value: unknown): string {
  if (value instanceof JsonText) return value.text;
  const texts: string[] = [];
  copied = texts;
  try {
    const json = JSON.stringify(value);
    if (texts.length === 0) return json;
    const [first = '', ...others] = json.split(`"${place}"`);
    return others.reduce((written, part, index) => written + texts[index] + part, first);
  } finally {
    copied = null;
  }
}

/** The text of a value that is written more than once. */
export function jsonText(json: Json): JsonText {
  return json instanceof JsonText ? json : new JsonText(writeJson(json));
}
