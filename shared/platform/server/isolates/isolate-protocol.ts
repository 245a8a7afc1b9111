import { ExactNumber } from '../../exact-number.ts';
import { readJson } from '../../read-json.ts';

/**
 * Arguments as JSON, which is written five times faster than a structured clone; bytes by their index, in memory of their
 * own.
 */
export interface Args {
  json: string;
  bytes: [index: number, bytes: Uint8Array<ArrayBuffer>][];
}

export function encodeArgs(args: readonly unknown[]): Args {
  const bytes: Args['bytes'] = [];
  const json = JSON.stringify(
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

/** `json` is absent for a result of undefined. `failed`: the function threw, which is a defect. */
export type Reply = { json?: string } | { tooLarge: true } | { failed: string };

/** Objects, lists and scalars that a result may have in all: parsing 50,000 takes the event loop 10 ms. */
export const maxValues = 50_000;

export function encodeResult(value: unknown, maxBytes: number): Reply {
  if (!hasAtMost(value, maxValues)) return { tooLarge: true };
  const json = JSON.stringify(value) as string | undefined;
  if (json !== undefined && json.length > maxBytes) return { tooLarge: true };
  return { json };
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
