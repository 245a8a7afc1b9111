import { resolveLocalRef } from '../schema-properties.ts';
import { isPiiKind, type PiiKind } from './pii/pii-kinds.ts';

type Part = Record<string, unknown>;

/** Keywords that name another schema. */
export const references = ['$ref', '$dynamicRef', '$recursiveRef'] as const;

export function isMarked(schema: Part): boolean {
  return schema.writeOnly === true || schema.format === 'password' || schema['x-secret'] === true;
}

/** What `x-pii` says of a part: a kind of personal data, false for none; undefined where it says nothing that is known. */
export function piiMarkOf(schema: Part): PiiKind | false | undefined {
  const mark = schema['x-pii'];
  return mark === false || isPiiKind(mark) ? mark : undefined;
}

const isSecretOrPii = (schema: Part): boolean => isMarked(schema) || piiMarkOf(schema) !== undefined;

const knownSecrets = new WeakMap<object, ReadonlySet<unknown>>();
const knownPii = new WeakMap<object, ReadonlySet<unknown>>();
const none: ReadonlySet<unknown> = new Set();

/**
 * The parts of a schema that mark something as secret (with `pii`: or as personal), or contain or refer to such a part. Found once for each schema, in
 * linear time; most schemas mark nothing.
 */
export function partsWithMarks(root: unknown, pii = false): ReadonlySet<unknown> {
  if (root === null || typeof root !== 'object') return none;
  const counts = pii ? isSecretOrPii : isMarked;
  const schemas = pii ? knownPii : knownSecrets;
  let found = schemas.get(root);
  if (found === undefined) {
    const parts = partsOf(root);
    found = parts.some(counts) ? leadingToMarks(root, parts, counts) : none;
    schemas.set(root, found);
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

function leadingToMarks(
  root: object,
  parts: readonly Part[],
  counts: (part: Part) => boolean,
): ReadonlySet<unknown> {
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
  const stack: unknown[] = parts.filter(counts);
  while (stack.length > 0) {
    const part = stack.pop();
    if (found.has(part)) continue;
    found.add(part);
    for (const user of users.get(part) ?? []) stack.push(user);
  }
  return found;
}
