import { fromBase64 } from '../../platform/base64.ts';
import type { Issue } from '../../platform/error-codes.ts';
import type { JsonValue } from '../../platform/json.ts';
import { pointer } from '../../platform/json-pointer.ts';
import { isObject } from '../../platform/schema-properties.ts';
import { parseTemplate } from '../template.ts';

/** Problems of the base64 in a rendered body, with their places in the input. `template`: undefined when the input is the body. */
export function base64Issues(bodyType: string, body: JsonValue, template: JsonValue | undefined): Issue[] {
  if (bodyType === 'binary')
    return isBase64(body) || isObject(body) ? [] : [issueAt(inputPath(template, []))];
  if (bodyType !== 'multipart' || !isObject(body)) return [];
  return Object.entries(body).flatMap(([name, field]) =>
    (Array.isArray(field) ? [...field.entries()] : [[null, field] as const]).flatMap(([index, each]) => {
      if (!isObject(each) || typeof each.data !== 'string' || isBase64(each.data)) return [];
      return [issueAt(inputPath(template, index === null ? [name, 'data'] : [name, index, 'data']))];
    }),
  );
}

const isBase64 = (value: unknown): boolean => typeof value === 'string' && fromBase64(value) !== null;

const issueAt = (path: string): Issue => ({ path, message: 'must be base64 text', keyword: 'template' });

/** The place in the input of what is at these steps of the body. */
export function inputPath(template: JsonValue | undefined, steps: (string | number)[]): string {
  if (template === undefined) return pointer('', ...steps);
  if (typeof template === 'string') {
    const [part, ...more] = parseTemplate(template);
    return part && 'name' in part && more.length === 0 ? pointer('', part.name, ...steps) : '';
  }
  const [step, ...rest] = steps;
  const inner = step === undefined ? undefined : (template as Record<string, JsonValue> | null)?.[step];
  // Inputs that the template does not use become fields of the body.
  return inner === undefined ? pointer('', ...steps) : inputPath(inner, rest);
}
