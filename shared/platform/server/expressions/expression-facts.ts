import jsonata from 'jsonata';
import { LinearRegExp } from '../../linear-regexp.ts';

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

/** What is known of the type of a value: JSON Schema types, those of a reference, or those of either branch. */
export type TypeFact =
  | { types: string[] | null }
  | { reference: Reference }
  | { either: [TypeFact, TypeFact] };

export interface ExpressionFacts {
  references: Reference[];
  comparisons: Comparison[];
  type: TypeFact;
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

/** Facts, or why it is not a JSONata expression. */
export type ReadExpression = { facts: ExpressionFacts } | { problem: string };

/** The facts of each text. Parsing what a tenant wrote takes long for some texts, so it is done in isolates. */
export function readTexts(texts: string[]): ReadExpression[] {
  return texts.map(expressionFacts);
}

/** JSON Schema types that a value may have; null when unknown. */
export function typesIn(fact: TypeFact, typesOf: (reference: Reference) => string[] | null): string[] | null {
  if ('types' in fact) return fact.types;
  if ('reference' in fact) return typesOf(fact.reference);
  const [one, other] = fact.either.map((each) => typesIn(each, typesOf));
  return one && other ? [...new Set([...one, ...other])] : null;
}

export function expressionFacts(text: string): ReadExpression {
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
      type: typeOfNode(root),
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

const unknown: TypeFact = { types: null };

function typeOfNode(node: Node | undefined): TypeFact {
  if (!node || node.predicate || node.group) return unknown;
  switch (node.type) {
    case 'string':
      return { types: ['string'] };
    case 'number':
      return { types: [Number.isInteger(node.value) ? 'integer' : 'number'] };
    case 'value':
      return { types: [node.value === null ? 'null' : typeof node.value] };
    case 'path': {
      const reference = referenceOf(node, true);
      return reference?.whole ? { reference } : unknown;
    }
    case 'binary':
      if (comparing.has(String(node.value))) return { types: ['boolean'] };
      if (node.value === '&') return { types: ['string'] };
      return calculating.has(String(node.value)) ? { types: ['number'] } : unknown;
    case 'unary':
      if (node.value === '[') return { types: ['array'] };
      return { types: [node.value === '{' ? 'object' : 'number'] };
    case 'condition':
      return { either: [typeOfNode(node.then), typeOfNode(node.else)] };
    case 'block':
      return typeOfNode(node.expressions?.at(-1));
    default:
      return unknown;
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
