import { ExactNumber } from './exact-number.ts';
import { pointerSteps } from './json-pointer.ts';

/**
 * The names of the top-level properties an input may have, as far as its schema says so: through local `$ref`,
 * `allOf`, `anyOf`, `oneOf`, `if`/`then`/`else` and `dependentSchemas`.
 */
export function schemaProperties(schema: unknown): Set<string> {
  const names = new Set<string>();
  const seen = new Set<unknown>();
  const visit = (node: unknown): void => {
    if (!isObject(node) || seen.has(node)) return;
    seen.add(node);
    if (isObject(node.properties)) for (const name of Object.keys(node.properties)) names.add(name);
    if (typeof node.$ref === 'string') visit(resolveLocalRef(schema, node.$ref));
    for (const key of ['allOf', 'anyOf', 'oneOf']) {
      const branches = node[key];
      if (Array.isArray(branches)) for (const branch of branches) visit(branch);
    }
    for (const key of ['if', 'then', 'else']) visit(node[key]);
    for (const key of ['dependentSchemas', 'dependencies']) {
      const branches = node[key];
      if (isObject(branches)) for (const branch of Object.values(branches)) visit(branch);
    }
  };
  visit(schema);
  return names;
}

/** What a `$ref` within the same document points to (`#`, `#/definitions/x`, `#anchor`), or undefined. */
export function resolveLocalRef(root: unknown, ref: string): unknown {
  if (!ref.startsWith('#')) return undefined;
  let fragment: string;
  try {
    fragment = decodeURIComponent(ref.slice(1));
  } catch {
    return undefined;
  }
  if (fragment === '') return root;
  if (!fragment.startsWith('/')) return findAnchor(root, fragment);
  let node = root;
  for (const key of pointerSteps(fragment)) {
    if (node === null || typeof node !== 'object' || !Object.hasOwn(node, key)) return undefined;
    node = (node as Record<string, unknown>)[key];
  }
  return node;
}

function findAnchor(root: unknown, anchor: string): unknown {
  const stack: unknown[] = [root];
  for (let node = stack.pop(); node !== undefined; node = stack.pop()) {
    if (node === null || typeof node !== 'object') continue;
    if (isObject(node)) {
      const found = node.$anchor === anchor || node.$dynamicAnchor === anchor || node.$id === `#${anchor}`;
      if (found) return node;
    }
    stack.push(...Object.values(node).filter((each) => each !== undefined));
  }
  return undefined;
}

export function isObject(value: unknown): value is Record<string, unknown> {
  return (
    value !== null && typeof value === 'object' && !Array.isArray(value) && !(value instanceof ExactNumber)
  );
}
