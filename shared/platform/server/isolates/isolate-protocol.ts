export interface Job {
  module: string;
  name: string;
  args: unknown[];
  /** Jobs of one owner (a tenant) use at most half of the isolates; owners take turns. */
  owner: string;
  cpuMs: number;
  maxBytes: number;
}

/** What an isolate is told: modules to load, or a function to run. */
export type Task = { load: string[] } | { module: string; name: string; args: unknown[]; maxBytes: number };

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
    if (node === null || typeof node !== 'object') continue;
    const inner = Object.values(node);
    seen += inner.length;
    if (seen > limit) return false;
    for (const each of inner) if (each !== null && typeof each === 'object') stack.push(each);
  }
  return true;
}
