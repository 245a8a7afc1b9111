import jsonata from 'jsonata';
import type { JsonValue } from '../../platform/json.ts';
import { type Json, jsonValue } from '../../platform/json-text.ts';
import { evaluate, syntaxProblem } from '../../platform/server/expressions/evaluate.ts';

// Runs in isolates only.

/** Whether a condition holds for an input, or why that is not known: completes "The condition …". */
export type Evaluated = boolean | { problem: string };

/** A condition for each of these inputs. No value is false; any other value than true or false is a problem. */
export async function evaluateConditions(expression: string, inputs: Json[]): Promise<Evaluated[]> {
  const found: Evaluated[] = [];
  for (const input of inputs) found.push(await evaluateCondition(expression, jsonValue(input)));
  return found;
}

async function evaluateCondition(expression: string, input: JsonValue): Promise<Evaluated> {
  const result = await evaluate(expression, input);
  if ('problem' in result) return result;
  const { value } = result;
  if (value === null) return false;
  return typeof value === 'boolean' ? value : { problem: 'has another value than true or false' };
}

/** The fields of the input that a condition reads; `whole`: it may read any. Or why it is not an expression. */
export type ConditionFacts = { fields: string[]; whole: boolean } | { problem: string };

export function conditionFacts(expression: string): ConditionFacts {
  const problem = syntaxProblem(expression);
  if (problem !== null) return { problem };
  const root: unknown = jsonata(expression).ast();
  return { fields: [...new Set(fieldsOf(root))], whole: mayReadAny(root) };
}

interface Node {
  type?: string;
  value?: unknown;
  steps?: unknown[];
}

const isNode = (value: unknown): value is Node => typeof value === 'object' && value !== null;

/** Parts whose names are those of an item, not of the input. */
const ofItems = new Set(['stages', 'predicate', 'group', 'terms', 'pattern', 'update', 'delete']);

function fieldsOf(node: unknown): string[] {
  if (Array.isArray(node)) return node.flatMap(fieldsOf);
  if (!isNode(node) || node instanceof RegExp) return [];
  if (node.type === 'path') {
    const first = node.steps?.[0];
    return isNode(first) && first.type === 'name' ? [String(first.value)] : fieldsOf(first);
  }
  return Object.entries(node).flatMap(([key, child]) => (ofItems.has(key) ? [] : fieldsOf(child)));
}

const anyField = new Set(['wildcard', 'descendant', 'parent']);

function mayReadAny(node: unknown): boolean {
  if (!isNode(node) || node instanceof RegExp) return false;
  const { type, value } = node;
  if (anyField.has(type ?? '') || (type === 'variable' && (value === '' || value === '$'))) return true;
  return Object.values(node).some(mayReadAny);
}
