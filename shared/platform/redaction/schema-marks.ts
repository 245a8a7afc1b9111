import { resolveLocalRef } from '../schema-properties.ts';

type Part = Record<string, unknown>;

/** Keywords that name another schema. */
export const references = ['$ref', '$dynamicRef', '$recursiveRef'] as const;

export function isMarked(schema: Part): boolean {
  return schema.writeOnly === true || schema.format === 'password' || schema['x-secret'] === true;
}

const known = new WeakMap<object, ReadonlySet<unknown>>();
const none: ReadonlySet<unknown> = new Set();

/**
 * The parts of a schema that mark something as secret, or contain or refer to such a part. Found once for each schema, in
 * linear time; most schemas mark nothing.
 */
export function partsWithMarks(root: unknown): ReadonlySet<unknown> {
  if (root === null || typeof root !== 'object') return none;
  let found = known.get(root);
  if (found === undefined) {
    const parts = partsOf(root);
    found = parts.some(isMarked) ? leadingToMarks(root, parts) : none;
    known.set(root, found);
  }
  return found;
}

function partsOf(root: object): Part[] {
  const found = new Set<Part>();
  const stack: unknown[] = [root];
  while (stack.length > 0) {
    const node = stack.pop();
    if (node === null || typeof node !== 'object' || found.has(node as Part)) continue;
    found.add(node as Part);
    for (const inner of Object.values(node)) stack.push(inner);
  }
  return [...found];
}

function leadingToMarks(root: object, parts: readonly Part[]): ReadonlySet<unknown> {
  /** Who contains a part, or refers to it. */
  const users = new Map<unknown, Part[]>();
  const use = (part: unknown, user: Part) => {
    const others = users.get(part);
    if (others) others.push(user);
    else users.set(part, [user]);
  };
  for (const part of parts) {
    for (const inner of Object.values(part))
      if (inner !== null && typeof inner === 'object') use(inner, part);
    for (const key of references) {
      const to = part[key];
      if (typeof to !== 'string') continue;
      // Looking for a name takes a walk of its own: it may lead anywhere.
      use(/^#(?:$|\/)/.test(to) ? resolveLocalRef(root, to) : root, part);
    }
  }
  const found = new Set<unknown>();
  const stack: unknown[] = parts.filter(isMarked);
  while (stack.length > 0) {
    const part = stack.pop();
    if (found.has(part)) continue;
    found.add(part);
    for (const user of users.get(part) ?? []) stack.push(user);
  }
  return found;
}
