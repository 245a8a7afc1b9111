import jsonata from 'jsonata';
import { LRUCache } from 'lru-cache';
import { numberText } from '../../exact-number.ts';
import { isNumber, isScalar, type JsonValue } from '../../json.ts';
import { pointer } from '../../json-pointer.ts';
import { LinearRegExp } from '../../linear-regexp.ts';
import { readJson } from '../../read-json.ts';
import { formsFor, scopeForms } from './exact-scope.ts';
import { bare, expressionsIn, inside } from './syntax.ts';

// Runs in isolates only: `$distinct` over 30,000 objects takes minutes, and a list of nine million ends the process.

/** A value, or why there is none: `problem` completes "The expression …" and quotes no value. */
export type Evaluated = { value: JsonValue } | { problem: string };
/** The same for a template; `path` is the place in the template. */
export type Resolved = { value?: JsonValue } | { problem: string; path: string };

class Problem extends Error {}

const limits = {
  timeout: 1000,
  stack: 500,
  sequence: 1_000_000,
  RegexEngine: LinearRegExp as unknown as RegExpConstructor,
};

interface Compiled {
  run: jsonata.Expression;
  forms: ReturnType<typeof formsFor>;
}

const compiled = new LRUCache<string, Compiled>({ max: 500 });

/**
 * The value of a JSONata expression; absent values are null. Regular expressions run in linear time. `$eval` is removed,
 * so data never becomes code. Numbers that are only copied keep their digits (decision 0020).
 */
export async function evaluate(expression: string, scope: JsonValue): Promise<Evaluated> {
  try {
    const { run, forms } = compile(expression);
    const scopes = scopeForms(scope);
    const [first, second] = forms.map((form) => scopes[form]);
    try {
      return await resultOf(run, first ?? scope);
    } catch (error) {
      if (second === undefined || second === first) throw error;
      return await resultOf(run, second);
    }
  } catch (error) {
    return { problem: error instanceof Problem ? error.message : inWords(error) };
  }
}

async function resultOf(run: jsonata.Expression, scope: JsonValue): Promise<Evaluated> {
  const result: unknown = await run.evaluate(scope);
  // This drops functions and JSONata's own marks on lists.
  const json = JSON.stringify(result ?? null) as string | undefined;
  return { value: json === undefined ? null : readJson(json) };
}

/** A template with its expressions replaced; stops at the first that fails. */
export async function resolve(template: JsonValue, scope: JsonValue, path: string): Promise<Resolved> {
  if (typeof template === 'string') return resolveText(template, scope, path);
  if (isScalar(template)) return { value: template };
  if (Array.isArray(template)) {
    const items: JsonValue[] = [];
    for (const [index, item] of template.entries()) {
      const found = await resolve(item, scope, pointer(path, index));
      if ('problem' in found) return found;
      items.push(found.value ?? null);
    }
    return { value: items };
  }
  const entries: [string, JsonValue][] = [];
  for (const [key, item] of Object.entries(template)) {
    const found = await resolve(item, scope, pointer(path, key));
    if ('problem' in found) return found;
    if (found.value !== undefined) entries.push([key, found.value]);
  }
  return { value: Object.fromEntries(entries) };
}

async function resolveText(template: string, scope: JsonValue, path: string): Promise<Resolved> {
  if (expressionsIn(template).whole) {
    const found = await evaluate(bare(template), scope);
    if ('problem' in found) return { ...found, path };
    return found.value === null ? {} : found;
  }
  let text = '';
  let at = 0;
  for (const match of template.matchAll(inside)) {
    const found = await evaluate(match[1]!.trim(), scope);
    if ('problem' in found) return { ...found, path };
    text += template.slice(at, match.index) + asText(found.value);
    at = match.index + match[0].length;
  }
  return { value: text + template.slice(at) };
}

function asText(value: JsonValue): string {
  if (typeof value === 'string') return value;
  if (isNumber(value)) return numberText(value);
  return value === null ? '' : JSON.stringify(value);
}

/** Why a text is no JSONata expression; null when it is one. */
export function syntaxProblem(text: string): string | null {
  try {
    for (const pattern of patterns(jsonata(text).ast())) new LinearRegExp(pattern);
    return null;
  } catch (error) {
    const { message, position } = error as { message?: string; position?: number };
    const where = typeof position === 'number' ? ` (character ${position})` : '';
    return `${message ?? 'syntax error'}${where}`;
  }
}

function patterns(node: unknown, seen = new Set<unknown>()): RegExp[] {
  if (node instanceof RegExp) return [node];
  if (node === null || typeof node !== 'object' || seen.has(node)) return [];
  seen.add(node);
  return Object.values(node).flatMap((child) => patterns(child, seen));
}

function compile(expression: string): Compiled {
  const known = compiled.get(expression);
  if (known) return known;
  const run = jsonata(expression, limits);
  run.registerFunction('eval', () => refuse('failed: $eval is not available'));
  run.registerFunction('pad', pad, '<s-ns?:s>');
  const made = { run, forms: formsFor(run.ast()) };
  compiled.set(expression, made);
  return made;
}

function pad(text: string | undefined, width: number, char = ' '): string | undefined {
  if (text === undefined) return undefined;
  if (Math.abs(width) > 1_000_000) refuse('failed: $pad is limited to a million characters');
  const length = Array.from(text).length;
  const missing = Math.max(0, Math.abs(width) - length);
  const fill = Array.from(char.repeat(Math.ceil(missing / Math.max(1, Array.from(char).length))))
    .slice(0, missing)
    .join('');
  return width < 0 ? fill + text : text + fill;
}

function refuse(message: string): never {
  throw new Problem(message);
}

const words: Record<string, string> = {
  D1011: 'it calls itself too deeply',
  D1012: 'it takes longer than a second',
  D2014: 'it makes a list that is too long',
  D2015: 'it makes a list that is too long',
};

/** JSONata's own messages may quote values, so only the code and the place are shown. */
function inWords(error: unknown): string {
  const { code, position } = error as { code?: unknown; position?: unknown };
  if (typeof code !== 'string') return 'failed';
  const where = typeof position === 'number' ? ` at character ${position}` : '';
  return `failed: ${words[code] ?? `JSONata error ${code}`}${where}`;
}
