import { isScalar, type JsonObject, type JsonValue } from '../../platform/json.ts';
import { pointer } from '../../platform/json-pointer.ts';
import { templateFields } from '../../platform/server/expressions/template-fields.ts';
import {
  type ExpressionScope,
  evaluateExpression,
  resolveTemplate,
} from '../../platform/server/expressions.ts';
import type { Hole } from '../../platform/server/json-schema/input-issues.ts';
import type { ExpressionPlace } from '../steps/step-definition.ts';
import type { Expressions } from './checks/read-expressions.ts';
import type { DryValue } from './step-runner.ts';

/** The values that a dry run has when it reaches a step. */
export interface Known {
  scope: ExpressionScope;
  /** Steps that are reached, or may be, and have no answer. */
  unanswered: ReadonlySet<string>;
  expressions: Expressions;
  tenantId: string;
}

/** The value of an expression, or of a template as far as it is known. */
export async function resolvePlace(known: Known, place: ExpressionPlace): Promise<DryValue> {
  if (place.kind === 'template') return resolveKnown(known, place.template, place.path);
  if (dependsOnUnanswered(known, place.expression))
    return { value: undefined, holes: new Map([['', { types: null }]]) };
  const value = await evaluateExpression(place.expression, known.scope, place.path, known.tenantId);
  return { value, holes: new Map() };
}

/** Texts that depend on a step without an answer stay as they are written; they are the holes. */
async function resolveKnown(known: Known, template: JsonValue, path: string): Promise<DryValue> {
  const holes = new Map<string, Hole>();
  for (const field of templateFields(template, ''))
    if (field.texts.some((text) => dependsOnUnanswered(known, text)))
      holes.set(field.path, field.whole ? { types: null } : 'text');
  // Everything at once where everything is known.
  const value =
    holes.size === 0
      ? await resolveTemplate(template, known.scope, path, known.tenantId)
      : await resolve(known, template, holes, { base: path, path: '' });
  return { value, holes };
}

async function resolve(
  known: Known,
  template: JsonValue,
  holes: ReadonlyMap<string, Hole>,
  at: { base: string; path: string },
): Promise<JsonValue | undefined> {
  const inner = (item: JsonValue, key: string | number) =>
    resolve(known, item, holes, { ...at, path: pointer(at.path, key) });
  if (holes.has(at.path)) return template;
  if (typeof template === 'string')
    return resolveTemplate(template, known.scope, at.base + at.path, known.tenantId);
  if (isScalar(template)) return template;
  if (Array.isArray(template)) {
    const items: JsonValue[] = [];
    for (const [index, item] of template.entries()) items.push((await inner(item, index)) ?? null);
    return items;
  }
  const object: JsonObject = {};
  for (const [key, item] of Object.entries(template)) {
    const value = await inner(item, key);
    if (value !== undefined) object[key] = value;
  }
  return object;
}

/** Whether an expression refers to a step that has no answer. */
export function dependsOnUnanswered({ unanswered, expressions }: Known, text: string): boolean {
  if (unanswered.size === 0) return false;
  const read = expressions(text);
  if ('problem' in read) return false;
  return read.facts.references.some(
    ({ names: [root, stepId] }) => root === 'steps' && (stepId === undefined || unanswered.has(stepId)),
  );
}
