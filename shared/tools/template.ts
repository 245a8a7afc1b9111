import { numberText } from '../platform/exact-number.ts';
import { isNumber, isScalar, type JsonObject, type JsonValue } from '../platform/json.ts';

/**
 * Templates: `{name}` is replaced by the input of that name, `{{` and `}}` by one brace. What a value may look like
 * depends on its place (path, query, header): the code that renders the place checks it.
 */
export type TemplatePart = { literal: string } | { name: string };

export class TemplateSyntaxError extends Error {
  /** Index into the template. */
  readonly position: number;

  constructor(message: string, position: number) {
    super(message);
    this.name = 'TemplateSyntaxError';
    this.position = position;
  }
}

/** @throws TemplateSyntaxError for an unmatched brace or an empty name. */
export function parseTemplate(template: string): TemplatePart[] {
  const parts: TemplatePart[] = [];
  let literal = '';
  let at = 0;
  while (at < template.length) {
    const char = template[at]!;
    if ((char === '{' || char === '}') && template[at + 1] === char) {
      literal += char;
      at += 2;
    } else if (char === '{') {
      const end = nameEnd(template, at);
      if (literal !== '') parts.push({ literal });
      literal = '';
      parts.push({ name: template.slice(at + 1, end) });
      at = end + 1;
    } else if (char === '}') {
      throw new TemplateSyntaxError('"}" without "{"; write "}}" for the character itself', at);
    } else {
      literal += char;
      at += 1;
    }
  }
  if (literal !== '') parts.push({ literal });
  return parts;
}

function nameEnd(template: string, start: number): number {
  for (let at = start + 1; at < template.length; at++) {
    const char = template[at];
    if (char === '{') break;
    if (char !== '}') continue;
    if (at === start + 1) throw new TemplateSyntaxError('Empty name in "{}"', start);
    return at;
  }
  throw new TemplateSyntaxError('"{" without "}"; write "{{" for the character itself', start);
}

/** The names a template uses, each once. */
export function templateNames(template: string): string[] {
  return [...new Set(parseTemplate(template).flatMap((part) => ('name' in part ? [part.name] : [])))];
}

/** The names used by every string in a JSON template; keys are not templates. */
export function jsonTemplateNames(template: JsonValue): string[] {
  const names = new Set<string>();
  visitStrings(template, (text) => {
    for (const name of templateNames(text)) names.add(name);
  });
  return [...names];
}

function visitStrings(value: JsonValue, visit: (text: string) => void): void {
  if (typeof value === 'string') visit(value);
  else if (Array.isArray(value)) for (const item of value) visitStrings(item, visit);
  else if (!isScalar(value)) for (const item of Object.values(value)) visitStrings(item, visit);
}

/** The input called `name`, or undefined when there is none (own properties only). */
export function inputNamed(inputs: JsonObject, name: string): JsonValue | undefined {
  return Object.hasOwn(inputs, name) ? inputs[name] : undefined;
}

/**
 * Renders a template to text; `encode` turns each input into the text for its place.
 * @returns undefined when an input is absent, so that the caller drops the key.
 */
export function renderText(
  template: string,
  inputs: JsonObject,
  encode: (value: JsonValue, name: string) => string,
): string | undefined {
  let text = '';
  for (const part of parseTemplate(template)) {
    if ('literal' in part) {
      text += part.literal;
      continue;
    }
    const value = inputNamed(inputs, part.name);
    if (value === undefined) return undefined;
    text += encode(value, part.name);
  }
  return text;
}

/**
 * Renders a JSON template: a string that is exactly `{name}` becomes that input with its type, other strings
 * become text. Keys and items whose input is absent are dropped.
 */
export function renderJson(template: JsonValue, inputs: JsonObject): JsonValue | undefined {
  if (typeof template === 'string') {
    const parts = parseTemplate(template);
    const only = parts.length === 1 ? parts[0] : undefined;
    if (only && 'name' in only) return inputNamed(inputs, only.name);
    return renderText(template, inputs, asText);
  }
  if (Array.isArray(template))
    return template.map((item) => renderJson(item, inputs)).filter((item) => item !== undefined);
  if (isScalar(template)) return template;
  return Object.fromEntries(
    Object.entries(template).flatMap(([key, item]) => {
      const rendered = renderJson(item, inputs);
      return rendered === undefined ? [] : [[key, rendered]];
    }),
  );
}

/** An input inside a longer text: strings as they are, null as nothing, numbers without an exponent, the rest as JSON. */
export function asText(value: JsonValue): string {
  if (typeof value === 'string') return value;
  if (isNumber(value)) return numberText(value);
  return value === null ? '' : JSON.stringify(value);
}
