import { ExactNumber } from '../../exact-number.ts';
import { JsonText, writeJson } from '../../json-text.ts';
import { readJson } from '../../read-json.ts';

/**
 * Arguments as JSON, which is written five times faster than a structured clone; bytes by their index, in memory of their
 * own. A `JsonText` arrives as its value.
 */
export interface Args {
  json: string;
  bytes: [index: number, bytes: Uint8Array<ArrayBuffer>][];
}

export function encodeArgs(args: readonly unknown[]): Args {
  const bytes: Args['bytes'] = [];
  const json = writeJson(
    args.map((arg, index) => {
      if (!(arg instanceof Uint8Array)) return arg;
      bytes.push([index, new Uint8Array(arg)]);
      return null;
    }),
  );
  return { json, bytes };
}

export function decodeArgs({ json, bytes }: Args): unknown[] {
  const args = readJson(json) as unknown[];
  for (const [index, { buffer, byteOffset, byteLength }] of bytes)
    args[index] = Buffer.from(buffer, byteOffset, byteLength);
  return args;
}

export interface Job {
  module: string;
  name: string;
  args: Args;
  /** Jobs of one owner (a tenant) use at most half of the isolates; owners take turns. */
  owner: string;
  cpuMs: number;
  maxBytes: number;
}

/** A message to an isolate: modules to load, or a function to run. */
export type Task = { load: string[] } | { module: string; name: string; args: Args; maxBytes: number };

/**
 * `json` is absent for a result of undefined. `texts`: fields of the result that are a `JsonText`, which no one parses.
 * `failed`: the function threw, which is a defect.
 */
export type Reply =
  | { json?: string; texts?: [field: string, text: string][] }
  | { tooLarge: true }
  | { failed: string };

/** Objects, lists and scalars that a result may have in all: parsing 50,000 takes the event loop 10 ms. */
export const maxValues = 50_000;

export function encodeResult(value: unknown, maxBytes: number): Reply {
  const texts: [field: string, text: string][] = [];
  const rest = isPlain(value) ? withoutTexts(value, texts) : value;
  if (!hasAtMost(rest, maxValues)) return { tooLarge: true };
  const json = JSON.stringify(rest) as string | undefined;
  const length = texts.reduce((sum, [, text]) => sum + text.length, json?.length ?? 0);
  if (length > maxBytes) return { tooLarge: true };
  return texts.length === 0 ? { json } : { json, texts };
}

const isPlain = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && Object.getPrototypeOf(value) === Object.prototype;

function withoutTexts(
  result: Record<string, unknown>,
  texts: [field: string, text: string][],
): Record<string, unknown> {
  for (const [field, value] of Object.entries(result))
    if (value instanceof JsonText) texts.push([field, value.text]);
  if (texts.length === 0) return result;
  const taken = new Set(texts.map(([field]) => field));
  return Object.fromEntries(Object.entries(result).filter(([field]) => !taken.has(field)));
}

export function decodeResult({ json, texts = [] }: Extract<Reply, { json?: string }>): unknown {
  const result = json === undefined ? undefined : readJson(json);
  for (const [field, text] of texts) (result as Record<string, unknown>)[field] = new JsonText(text);
  return result;
}

/** Whether a value consists of at most `limit` values, itself included. */
export function hasAtMost(value: unknown, limit: number): boolean {
  const stack: unknown[] = [value];
  let seen = 1;
  while (stack.length > 0) {
    const node = stack.pop();
    if (node === null || typeof node !== 'object' || node instanceof ExactNumber) continue;
    const inner = Object.values(node);
    seen += inner.length;
    if (seen > limit) return false;
    for (const each of inner) if (each !== null && typeof each === 'object') stack.push(each);
  }
  return true;
}
