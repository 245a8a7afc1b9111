import type { JsonValue } from '../../json.ts';
import { pointer } from '../../json-pointer.ts';
import { expressionsIn } from './syntax.ts';

/** A string of a template that holds expressions. */
export interface TemplateField {
  path: string;
  /** The expressions without `${{ }}`. */
  texts: string[];
  /** The text is one expression and nothing else. */
  whole: boolean;
  /** A `${{` is never closed. */
  open: boolean;
}

/** The strings of a template that hold expressions. */
export function templateFields(template: JsonValue, path: string): TemplateField[] {
  return templateExpressions(template, path).map((found) => ({
    path: found.path,
    ...expressionsIn(found.text),
  }));
}

function templateExpressions(template: JsonValue, path: string): { path: string; text: string }[] {
  if (typeof template === 'string') return template.includes('${{') ? [{ path, text: template }] : [];
  if (Array.isArray(template))
    return template.flatMap((item, index) => templateExpressions(item, pointer(path, index)));
  if (template === null || typeof template !== 'object') return [];
  return Object.entries(template).flatMap(([key, item]) => templateExpressions(item, pointer(path, key)));
}
