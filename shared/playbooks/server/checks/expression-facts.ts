import jsonata from 'jsonata';
import { LinearRegExp } from '../../../platform/linear-regexp.ts';

/** A path from the root of the scope, as its names: `steps.check.output.refund`. */
export interface Reference {
  names: string[];
  /** False when something other than a plain name follows (an index, a filter, a function). */
  whole: boolean;
}

/** `steps.d.outcome = "approved"`, either way round, also with `!=` and `in`. */
export interface Comparison {
  names: string[];
  literal: string;
}

export interface ExpressionFacts {
  references: Reference[];
  comparisons: Comparison[];
  /** JSON Schema types that its value may have; null when unknown. */
  types(typesOf: (reference: Reference) => string[] | null): string[] | null;
  /** Every value it may have, when all of them are literals; null otherwise. */
  literals: unknown[] | null;
}

interface Node {
  type?: string;
  value?: unknown;
  steps?: Node[];
  lhs?: Node;
  rhs?: Node;
  expressions?: Node[];
  condition?: Node;
  then?: Node;
  else?: Node;
  stages?: unknown[];
  predicate?: unknown[];
  group?: unknown;
  keepSingletonArray?: boolean;
}

/** @returns facts, or why it is not a JSONata expression */
export function expressionFacts(text: string): { facts: ExpressionFacts } | { problem: string } {
  let root: Node;
  try {
    root = jsonata(text, { RegexEngine: LinearRegExp as unknown as RegExpConstructor }).ast() as Node;
  } catch (error) {
    const { message, position } = error as { message?: string; position?: number };
    const where = typeof position === 'number' ? ` (character ${position})` : '';
    return { problem: `Not a JSONata expression: ${message ?? 'it cannot be parsed'}${where}` };
  }
  const references: Reference[] = [];
  const comparisons: Comparison[] = [];
  visit(root, true, { references, comparisons });
  return {
    facts: {
      references,
      comparisons,
      types: (typesOf) => typesOfNode(root, typesOf),
      literals: literalsOf(root),
    },
  };
}

/** Parts whose names are relative to an item, not to the root. */
const otherContext = new Set(['stages', 'predicate', 'group', 'terms', 'pattern', 'update', 'delete']);

function visit(
  node: Node,
  atRoot: boolean,
  found: Pick<ExpressionFacts, 'references' | 'comparisons'>,
): void {
  if (node.type === 'binary') found.comparisons.push(...comparisonsOf(node, atRoot));
  if (node.type === 'path') {
    const reference = referenceOf(node, atRoot);
    if (reference) found.references.push(reference);
    for (const [index, step] of (node.steps ?? []).entries())
      if (step.type !== 'name' && step.type !== 'string') visit(step, atRoot && index === 0, found);
      else visitInside(step, atRoot, found);
    visitChild(node.group, false, found);
    return;
  }
  visitInside(node, atRoot, found);
}

function visitInside(node: Node, atRoot: boolean, found: Parameters<typeof visit>[2]): void {
  for (const [key, child] of Object.entries(node)) visitChild(child, atRoot && !otherContext.has(key), found);
}

function visitChild(child: unknown, atRoot: boolean, found: Parameters<typeof visit>[2]): void {
  if (Array.isArray(child)) for (const each of child) visitChild(each, atRoot, found);
  else if (child !== null && typeof child === 'object') visit(child as Node, atRoot, found);
}

function referenceOf(node: Node, atRoot: boolean): Reference | null {
  const steps = node.type === 'path' ? (node.steps ?? []) : [];
  const [first] = steps;
  const isRoot = first?.type === 'variable' && (first.value === '$' || (first.value === '' && atRoot));
  if (!isRoot && !(first?.type === 'name' && atRoot)) return null;
  const names: string[] = [];
  for (const step of isRoot ? steps.slice(1) : steps) {
    if (step.type !== 'name') return named(names, false);
    names.push(String(step.value));
    if (step.stages || step.predicate) return named(names, false);
  }
  return named(names, !node.group && !node.keepSingletonArray);
}

const named = (names: string[], whole: boolean): Reference | null =>
  names.length === 0 ? null : { names, whole };

function comparisonsOf(node: Node, atRoot: boolean): Comparison[] {
  if (!['=', '!=', 'in'].includes(String(node.value)) || !node.lhs || !node.rhs) return [];
  const pairs: [Node, Node][] = [
    [node.lhs, node.rhs],
    [node.rhs, node.lhs],
  ];
  return pairs.flatMap(([path, other]) => {
    const reference = referenceOf(path, atRoot);
    if (!reference?.whole) return [];
    const values = other.type === 'unary' && other.value === '[' ? (other.expressions ?? []) : [other];
    return values
      .filter((each) => each.type === 'string')
      .map((each) => ({ names: reference.names, literal: String(each.value) }));
  });
}

const comparing = new Set(['=', '!=', '<', '<=', '>', '>=', 'in', 'and', 'or']);
const calculating = new Set(['+', '-', '*', '/', '%']);

function typesOfNode(node: Node, typesOf: (reference: Reference) => string[] | null): string[] | null {
  const inner = (each: Node | undefined) => (each ? typesOfNode(each, typesOf) : null);
  if (node.predicate || node.group) return null;
  switch (node.type) {
    case 'string':
      return ['string'];
    case 'number':
      return [Number.isInteger(node.value) ? 'integer' : 'number'];
    case 'value':
      return [node.value === null ? 'null' : typeof node.value];
    case 'path': {
      const reference = referenceOf(node, true);
      return reference?.whole ? typesOf(reference) : null;
    }
    case 'binary':
      if (comparing.has(String(node.value))) return ['boolean'];
      if (node.value === '&') return ['string'];
      return calculating.has(String(node.value)) ? ['number'] : null;
    case 'unary':
      if (node.value === '[') return ['array'];
      return node.value === '{' ? ['object'] : ['number'];
    case 'condition': {
      const [yes, no] = [inner(node.then), inner(node.else)];
      return yes && no && [...new Set([...yes, ...no])];
    }
    case 'block':
      return inner(node.expressions?.at(-1));
    default:
      return null;
  }
}

function literalsOf(node: Node | undefined): unknown[] | null {
  if (!node) return null;
  if (node.type === 'string' || node.type === 'number' || node.type === 'value') return [node.value];
  if (node.type === 'block' && node.expressions?.length === 1) return literalsOf(node.expressions[0]);
  if (node.type !== 'condition') return null;
  const [yes, no] = [literalsOf(node.then), literalsOf(node.else)];
  return yes && no && [...yes, ...no];
}
