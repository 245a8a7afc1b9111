import { isNumber, isScalar, type JsonObject, type JsonValue } from '../json.ts';
import * as inIsolate from './expressions/evaluate.ts';
import { readPath } from './expressions/read-path.ts';
import { bare, expressionsIn } from './expressions/syntax.ts';
import { BudgetError, isolated } from './isolates/isolated.ts';

export { bare, expressionsIn } from './expressions/syntax.ts';

/** What expressions of a playbook may use; everything is redacted. */
export interface ExpressionScope {
  exception: JsonObject | null;
  input: JsonValue;
  /** `{status, outcome, output, reason, completedBy}` of every step that has opened. */
  steps: Record<string, JsonObject>;
  run: JsonObject;
}

/** An expression or template without a value. `path` points into the template. */
export class ExpressionError extends Error {
  readonly path: string;

  constructor(message: string, path: string) {
    super(message);
    this.name = 'ExpressionError';
    this.path = path;
  }
}

const module = new URL('./expressions/evaluate.ts', import.meta.url).href;
const evaluateThere = isolated(inIsolate.evaluate, module);
const resolveThere = isolated(inIsolate.resolve, module);

const conditionCpuMs = 250;
const templateCpuMs = 1000;

/**
 * The value of a JSONata expression, with or without `${{ }}` around it; absent values are null. It has a second of CPU
 * time and 1 MB for its result.
 * @throws ExpressionError
 */
export function evaluateExpression(
  text: string,
  scope: object,
  path = '',
  tenantId = '',
): Promise<JsonValue> {
  return evaluateWithin(templateCpuMs, text, scope, path, tenantId);
}

/** As `evaluateExpression`, in 250 ms. @throws ExpressionError when the value is neither true nor false */
export async function evaluateCondition(
  text: string,
  scope: object,
  path = '',
  tenantId = '',
): Promise<boolean> {
  const value = await evaluateWithin(conditionCpuMs, text, scope, path, tenantId);
  if (typeof value !== 'boolean')
    throw new ExpressionError(`The condition returns ${kindOf(value)}, not true or false`, path);
  return value;
}

async function evaluateWithin(
  cpuMs: number,
  text: string,
  scope: object,
  path: string,
  tenantId: string,
): Promise<JsonValue> {
  const expression = bare(text);
  const plain = readPath(expression, scope);
  if (plain) return plain.value;
  const found = await within(path, () =>
    evaluateThere({ cpuMs, tenantId }, expression, scope as unknown as JsonValue),
  );
  if ('problem' in found) throw failed(found.problem, path);
  return found.value;
}

/**
 * A JSON template with its expressions replaced, in a second of CPU time. A string that is one `${{ … }}` becomes the
 * value with its type; inside a longer text the value becomes text. Keys whose expression has no value are left out.
 * @throws ExpressionError at the place of the first that fails
 */
export async function resolveTemplate(
  template: JsonValue,
  scope: object,
  path = '',
  tenantId = '',
): Promise<JsonValue | undefined> {
  const plain = resolveHere(template, scope);
  if (plain !== 'not plain') return plain.value;
  const found = await within(path, () =>
    resolveThere({ cpuMs: templateCpuMs, tenantId }, template, scope as unknown as JsonValue, path),
  );
  if ('problem' in found) throw failed(found.problem, found.path);
  return found.value;
}

/** A template in which every expression is a plain path. */
function resolveHere(template: JsonValue, scope: object): { value?: JsonValue } | 'not plain' {
  if (typeof template === 'string') return resolveTextHere(template, scope);
  if (isScalar(template)) return { value: template };
  if (Array.isArray(template)) {
    const items: JsonValue[] = [];
    for (const item of template) {
      const found = resolveHere(item, scope);
      if (found === 'not plain') return found;
      items.push(found.value ?? null);
    }
    return { value: items };
  }
  const entries: [string, JsonValue][] = [];
  for (const [key, item] of Object.entries(template)) {
    const found = resolveHere(item, scope);
    if (found === 'not plain') return found;
    if (found.value !== undefined) entries.push([key, found.value]);
  }
  return { value: Object.fromEntries(entries) };
}

function resolveTextHere(template: string, scope: object): { value?: JsonValue } | 'not plain' {
  if (!template.includes('${{')) return { value: template };
  const { whole, texts } = expressionsIn(template);
  const plain = whole ? readPath(texts[0]!, scope) : undefined;
  if (!plain) return 'not plain';
  return plain.value === null ? {} : plain;
}

async function within<T>(path: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw error instanceof BudgetError ? failed(error.message, path) : error;
  }
}

const failed = (problem: string, path: string): ExpressionError =>
  new ExpressionError(`The expression ${problem}`, path);

function kindOf(value: JsonValue): string {
  if (value === null) return 'nothing';
  if (isNumber(value)) return 'a number';
  return Array.isArray(value) ? 'a list' : `a ${typeof value}`;
}
