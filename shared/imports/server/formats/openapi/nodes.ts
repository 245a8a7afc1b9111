import { isObject, resolveLocalRef } from '../../../../platform/schema-properties.ts';

export type Node = Record<string, unknown>;

const maxHops = 20;

/** A node, or what its `$ref` points to in the document; null when it is none, or in another document. */
export function nodeAt(root: Node, value: unknown): Node | null {
  let node = value;
  for (let hops = 0; hops < maxHops; hops++) {
    if (!isObject(node)) return null;
    if (typeof node.$ref !== 'string') return node;
    node = resolveLocalRef(root, node.$ref);
  }
  return null;
}

/** The nodes of a list, without what is none. */
export const nodesOf = (root: Node, values: readonly unknown[]): Node[] =>
  values.map((each) => nodeAt(root, each)).filter((each) => each !== null);

export const textOf = (value: unknown): string => (typeof value === 'string' ? value : '');

export const listOf = (value: unknown): unknown[] => (Array.isArray(value) ? value : []);

export const entriesOf = (value: unknown): [string, unknown][] =>
  isObject(value) ? Object.entries(value) : [];

/** Swagger 2 describes requests in another way; schemas and security are read by the same code. */
export const isSwagger2 = (root: Node): boolean => textOf(root.swagger).startsWith('2');
