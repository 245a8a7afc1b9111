import { ExactNumber, fittingDouble, numberText } from '../../exact-number.ts';
import { isNumber, type JsonScalar, type JsonValue, mapScalars } from '../../json.ts';

/**
 * JSONata computes with doubles, and writes 15 digits of a number into a text. So each expression sees its scope in the
 * first of these forms in which it has a value. Numbers that a form keeps can be copied, compared with `=` and written.
 */
export interface ScopeForms {
  /** Every number with its digits: for expressions that only copy. */
  exact: JsonValue;
  /** Doubles where 15 digits are enough; other numbers with their digits. */
  mixed: JsonValue;
  /** For arithmetic and order: numbers are the nearest doubles. */
  doubles: JsonValue;
}

const known = new WeakMap<object, ScopeForms>();

export function scopeForms(scope: JsonValue): ScopeForms {
  if (scope === null || typeof scope !== 'object') return { exact: scope, mixed: scope, doubles: scope };
  const before = known.get(scope);
  if (before) return before;
  const forms = { exact: scope, mixed: mapScalars(scope, mixed), doubles: mapScalars(scope, nearest) };
  known.set(scope, forms);
  return forms;
}

/** Which forms an expression may see, by its syntax tree. */
export function formsFor(ast: unknown): (keyof ScopeForms)[] {
  const nodes = nodesOf(ast);
  if (nodes.every(copies)) return ['exact'];
  return nodes.some(needsDoubles) ? ['doubles'] : ['mixed', 'doubles'];
}

interface Node {
  type: string;
  value?: unknown;
}

const copying = new Set(['path', 'name', 'string', 'number', 'value', 'variable', 'block', 'filter']);
const copies = ({ type, value }: Node): boolean =>
  copying.has(type) || (type === 'unary' && (value === '{' || value === '['));

/** What would see the inside of a kept number. */
const looksInside = new Set(['type', 'keys', 'each', 'spread', 'sift']);
const needsDoubles = ({ type, value }: Node): boolean =>
  type === 'wildcard' ||
  type === 'descendant' ||
  (type === 'variable' && looksInside.has(String(value))) ||
  // A literal is a double, and equals only a double.
  (type === 'number' && isLong(value as number));

function nodesOf(ast: unknown, seen = new Set<unknown>()): Node[] {
  if (ast === null || typeof ast !== 'object' || seen.has(ast)) return [];
  seen.add(ast);
  const inner = Object.values(ast).flatMap((child) => nodesOf(child, seen));
  return 'type' in ast && typeof ast.type === 'string' ? [ast as Node, ...inner] : inner;
}

const isLong = (value: number | ExactNumber): boolean =>
  numberText(value).replace(/^-?0*\.?0*|\./g, '').length > 15;

function mixed(value: JsonScalar): JsonScalar {
  if (!isNumber(value)) return value;
  if (!isLong(value)) return typeof value === 'number' ? value : (fittingDouble(value) ?? value);
  return typeof value === 'number' ? new ExactNumber(numberText(value)) : value;
}

const nearest = (value: JsonScalar): JsonScalar => (value instanceof ExactNumber ? Number(value) : value);
