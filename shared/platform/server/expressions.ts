import type { JsonObject, JsonValue } from '../json.ts';
import { pointer } from '../json-pointer.ts';
import { runTransform, TransformError } from './run-transform.ts';

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

const whole = /^\s*\$\{\{([\s\S]*)\}\}\s*$/;
const inside = /\$\{\{([\s\S]*?)\}\}/g;

/**
 * The value of a JSONata expression, with or without `${{ }}` around it; absent values are null.
 * @throws ExpressionError
 */
export async function evaluateExpression(text: string, scope: object, path = ''): Promise<JsonValue> {
  try {
    return await runTransform(bare(text), scope as unknown as JsonValue);
  } catch (error) {
    if (!(error instanceof TransformError)) throw error;
    throw new ExpressionError(error.message.replace('The transform', 'The expression'), path);
  }
}

/** The JSONata inside `${{ }}`; a text without them is itself an expression. */
export function bare(text: string): string {
  const match = whole.exec(text);
  return match && !match[1]!.includes('}}') ? match[1]!.trim() : text.trim();
}

/**
 * The expressions inside a template string, without their `${{ }}`.
 * `whole`: it is one expression and keeps the type of its value. `open`: a `${{` is never closed.
 */
export function expressionsIn(template: string): { whole: boolean; open: boolean; texts: string[] } {
  const only = whole.exec(template);
  if (only && !only[1]!.includes('}}')) return { whole: true, open: false, texts: [only[1]!.trim()] };
  const texts = [...template.matchAll(inside)].map((match) => match[1]!.trim());
  return { whole: false, open: template.replaceAll(inside, '').includes('${{'), texts };
}

/** @throws ExpressionError when the value is neither true nor false */
export async function evaluateCondition(text: string, scope: object, path = ''): Promise<boolean> {
  const value = await evaluateExpression(text, scope, path);
  if (typeof value !== 'boolean')
    throw new ExpressionError(`The condition returns ${kindOf(value)}, not true or false`, path);
  return value;
}

/**
 * A JSON template with its expressions replaced. A string that is one `${{ … }}` becomes the value with its type; inside
 * a longer text the value becomes text. Keys whose expression has no value are left out.
 * @throws ExpressionError at the place of the first that fails
 */
export async function resolveTemplate(
  template: JsonValue,
  scope: object,
  path = '',
): Promise<JsonValue | undefined> {
  if (typeof template === 'string') return resolveText(template, scope, path);
  if (Array.isArray(template)) {
    const items = await Promise.all(
      template.map((item, index) => resolveTemplate(item, scope, pointer(path, index))),
    );
    return items.map((item) => item ?? null);
  }
  if (template === null || typeof template !== 'object') return template;
  const entries = await Promise.all(
    Object.entries(template).map(
      async ([key, item]) => [key, await resolveTemplate(item, scope, pointer(path, key))] as const,
    ),
  );
  return Object.fromEntries(entries.filter((entry): entry is [string, JsonValue] => entry[1] !== undefined));
}

async function resolveText(template: string, scope: object, path: string): Promise<JsonValue | undefined> {
  const only = whole.exec(template);
  if (only && !only[1]!.includes('}}')) {
    const value = await evaluateExpression(template, scope, path);
    return value === null ? undefined : value;
  }
  let text = '';
  let at = 0;
  for (const match of template.matchAll(inside)) {
    const value = await evaluateExpression(match[1]!, scope, path);
    text +=
      template.slice(at, match.index) +
      (typeof value === 'string' ? value : value === null ? '' : JSON.stringify(value));
    at = match.index + match[0].length;
  }
  return text + template.slice(at);
}

function kindOf(value: JsonValue): string {
  if (value === null) return 'nothing';
  return Array.isArray(value) ? 'a list' : `a ${typeof value}`;
}
