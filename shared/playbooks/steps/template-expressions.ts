import type { JsonValue } from '../../platform/json.ts';
import { pointer } from '../../platform/json-pointer.ts';

/** Every string of a JSON template that holds an expression, with its place. */
export function templateExpressions(template: JsonValue, path: string): { path: string; text: string }[] {
  if (typeof template === 'string') return template.includes('${{') ? [{ path, text: template }] : [];
  if (Array.isArray(template))
    return template.flatMap((item, index) => templateExpressions(item, pointer(path, index)));
  if (template === null || typeof template !== 'object') return [];
  return Object.entries(template).flatMap(([key, item]) => templateExpressions(item, pointer(path, key)));
}
