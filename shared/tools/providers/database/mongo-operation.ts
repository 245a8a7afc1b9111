import type { Issue } from '../../../platform/error-codes.ts';
import { isScalar, type JsonObject, type JsonValue } from '../../../platform/json.ts';
import { pointer } from '../../../platform/json-pointer.ts';
import { readJson } from '../../../platform/read-json.ts';
import { isObject } from '../../../platform/schema-properties.ts';
import { asText, inputNamed, parseTemplate, renderText, TemplateSyntaxError } from '../../template.ts';

interface OperationFacts {
  /** Whether it only reads. */
  reads: boolean;
  value: 'object' | 'list' | 'text';
  /** Further keys of the operation, and which of them it must have. */
  options: readonly string[];
  required?: string;
}

/** What a MongoDB tool may do. */
export const mongoOperations = {
  find: {
    reads: true,
    value: 'object',
    options: ['projection', 'sort', 'limit', 'skip', 'collation', 'hint'],
  },
  aggregate: { reads: true, value: 'list', options: ['collation', 'hint'] },
  countDocuments: { reads: true, value: 'object', options: ['limit', 'skip', 'collation', 'hint'] },
  distinct: { reads: true, value: 'text', options: ['filter', 'collation'] },
  insertOne: { reads: false, value: 'object', options: [] },
  insertMany: { reads: false, value: 'list', options: [] },
  updateOne: {
    reads: false,
    value: 'object',
    options: ['update', 'upsert', 'collation'],
    required: 'update',
  },
  updateMany: {
    reads: false,
    value: 'object',
    options: ['update', 'upsert', 'collation'],
    required: 'update',
  },
  replaceOne: {
    reads: false,
    value: 'object',
    options: ['replacement', 'upsert', 'collation'],
    required: 'replacement',
  },
  deleteOne: { reads: false, value: 'object', options: ['collation'] },
  deleteMany: { reads: false, value: 'object', options: ['collation'] },
} as const satisfies Record<string, OperationFacts>;

export type MongoOperationName = keyof typeof mongoOperations;
const operationNames = Object.keys(mongoOperations) as MongoOperationName[];

/** An operation: `{collection, find: {…}, limit: 5}`. */
export interface MongoOperation {
  collection: string;
  name: MongoOperationName;
  value: JsonValue;
  options: JsonObject;
}

/** The operation of a statement, which may be written as text. @returns null when it is not JSON */
export function mongoDocument(statement: string | JsonObject): JsonObject | null {
  if (typeof statement !== 'string') return statement;
  try {
    const read = readJson(statement);
    return isObject(read) ? read : null;
  } catch {
    return null;
  }
}

/** Reads an operation that was checked. */
export function mongoOperation(document: JsonObject): MongoOperation | null {
  const name = operationNames.find((each) => Object.hasOwn(document, each));
  const { collection } = document;
  if (!name || typeof collection !== 'string') return null;
  const { [name]: value = null, collection: _collection, ...options } = document;
  return { collection, name, value, options };
}

/** Problems of an operation, each at its place. */
export function checkMongo(statement: string | JsonObject, readOnly: boolean, path: string): Issue[] {
  const issue = (at: string, message: string): Issue => ({ path: at, message, keyword: 'statement' });
  const document = mongoDocument(statement);
  // What was written as text has one place.
  const at = (...keys: (string | number)[]) =>
    typeof statement === 'string' ? path : pointer(path, ...keys);
  if (!document)
    return [issue(path, 'The statement must be a JSON object such as {"collection": "orders", "find": {}}')];
  const { collection } = document;
  const issues: Issue[] = [];
  if (typeof collection !== 'string' || !/^[^$\0{}]{1,200}$/.test(collection))
    issues.push(issue(at('collection'), 'collection must be the name of a collection'));
  const names = operationNames.filter((name) => Object.hasOwn(document, name));
  const [name] = names;
  if (!name || names.length > 1) {
    issues.push(issue(path, `The statement must have one operation: ${operationNames.join(', ')}`));
    return issues;
  }
  const facts: OperationFacts = mongoOperations[name];
  if (!facts.reads && readOnly)
    issues.push(
      issue(at(name), `${name} writes, and this tool is read-only (readOnly: false lets it write)`),
    );
  if (!fits(facts.value, document[name]))
    issues.push(issue(at(name), `${name} must be ${kinds[facts.value]}`));
  if (facts.required && document[facts.required] === undefined)
    issues.push(issue(path, `${name} needs ${facts.required}`));
  for (const key of Object.keys(document))
    if (key !== 'collection' && key !== name && !facts.options.includes(key))
      issues.push(issue(at(key), `${name} has no option ${key}`));
  visit(document, [], (value, keys) => {
    const problem =
      keyProblem(keys.at(-1), readOnly) ?? (typeof value === 'string' ? templateProblem(value) : null);
    if (problem) issues.push(issue(at(...keys), problem));
  });
  return issues;
}

const kinds = { object: 'an object', list: 'a list', text: 'the name of a field' };

function fits(kind: OperationFacts['value'], value: JsonValue | undefined): boolean {
  if (kind === 'object') return isObject(value) || onlyName(value) !== null;
  if (kind === 'list') return Array.isArray(value) || onlyName(value) !== null;
  return typeof value === 'string' && value !== '' && !/[{}]/.test(value);
}

function keyProblem(key: string | number | undefined, readOnly: boolean): string | null {
  if (key === '$where' || key === '$function' || key === '$accumulator')
    return `${key} runs code in the database, which a tool must not`;
  if (readOnly && (key === '$out' || key === '$merge'))
    return `${key} writes, and this tool is read-only (readOnly: false lets it write)`;
  return null;
}

function templateProblem(text: string): string | null {
  try {
    parseTemplate(text);
    return null;
  } catch (error) {
    if (!(error instanceof TemplateSyntaxError)) throw error;
    return `${error.message} (character ${error.position + 1})`;
  }
}

type Keys = (string | number)[];

function visit(value: JsonValue, keys: Keys, see: (value: JsonValue, keys: Keys) => void): void {
  see(value, keys);
  if (Array.isArray(value)) value.forEach((item, index) => visit(item, [...keys, index], see));
  else if (!isScalar(value))
    for (const [key, item] of Object.entries(value)) visit(item, [...keys, key], see);
}

/** The name of a text that is exactly `{name}`. */
function onlyName(value: JsonValue | undefined): string | null {
  if (typeof value !== 'string') return null;
  const parts = parseTemplate(value);
  const [only] = parts;
  return parts.length === 1 && only && 'name' in only ? only.name : null;
}

/**
 * The operation with its inputs. What an input brings is data: it cannot be an operator, nor a field of a document or a
 * variable where MongoDB reads expressions.
 */
export function renderMongo(
  statement: string | JsonObject,
  inputs: JsonObject,
): { body: JsonObject; issues: Issue[] } {
  const document = mongoDocument(statement) ?? {};
  const issues: Issue[] = [];
  const refuse = (name: string, message: string) =>
    issues.push({ path: pointer('', name), message: `${name} ${message}`, keyword: 'template' });

  const render = (value: JsonValue, expression: boolean): JsonValue => {
    if (typeof value === 'string') return renderString(value, expression);
    if (Array.isArray(value)) return value.map((item) => render(item, expression));
    if (isScalar(value)) return value;
    const rendered = Object.fromEntries(
      Object.entries(value).map(([key, item]) => [
        key,
        render(item, expression || readsExpressions(key, item)),
      ]),
    );
    const name = Object.values(value)
      .map(onlyName)
      .find((each) => each !== null);
    const problem = name == null ? null : typedProblem(rendered);
    if (name != null && problem) refuse(name, problem);
    return rendered;
  };
  const renderString = (text: string, expression: boolean): JsonValue => {
    const names = parseTemplate(text).flatMap((part) => ('name' in part ? [part.name] : []));
    const [first] = names;
    if (first === undefined) return renderText(text, {}, asText) ?? text;
    const absent = names.find((name) => inputNamed(inputs, name) === undefined);
    // Left out of a filter, it would match more than was meant.
    if (absent !== undefined) {
      refuse(absent, 'is required, because the operation uses it');
      return null;
    }
    const only = onlyName(text);
    const value =
      only === null ? (renderText(text, inputs, asText) ?? null) : (inputNamed(inputs, only) ?? null);
    const problem = dataProblem(value, expression);
    if (problem) refuse(first, problem);
    return value;
  };
  return { body: render(document, false) as JsonObject, issues };
}

/** Where MongoDB takes a text that begins with `$` for a field or a variable. */
function readsExpressions(key: string, value: JsonValue): boolean {
  if (key === 'aggregate' || key === 'projection' || key === '$expr') return true;
  return key === 'update' && Array.isArray(value);
}

function dataProblem(value: JsonValue, expression: boolean): string | null {
  if (typeof value === 'string') {
    if (!value.isWellFormed()) return 'contains an invalid character';
    return expression && value.startsWith('$') ? 'must not begin with "$" in this place' : null;
  }
  if (isScalar(value)) return null;
  if (Array.isArray(value)) return value.map((item) => dataProblem(item, expression)).find(Boolean) ?? null;
  for (const [key, item] of Object.entries(value)) {
    if (key.startsWith('$')) return `must not contain the operator ${key.slice(0, 32)}`;
    if (key.includes('\0')) return 'must not have a name with the character U+0000';
    const problem = dataProblem(item, expression);
    if (problem) return problem;
  }
  return null;
}

/** The types of extended JSON that an operation may have, and what their text must be. */
const typed: Record<string, [fits: (text: string) => boolean, words: string]> = {
  $oid: [(text) => /^[\da-f]{24}$/i.test(text), 'must be an ObjectId: 24 hexadecimal digits'],
  $date: [(text) => !Number.isNaN(Date.parse(text)), 'must be a date such as 2026-01-31T12:00:00Z'],
  $uuid: [(text) => /^[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}$/i.test(text), 'must be a UUID'],
  $numberLong: [(text) => /^-?\d{1,19}$/.test(text), 'must be a whole number'],
  $numberDecimal: [(text) => /^-?\d{1,34}(?:\.\d{1,34})?$/.test(text), 'must be a number'],
};

/** The kind of an object such as `{"$oid": "…"}`; null: it is another object. */
export function typedValue(value: JsonObject): { type: string; text: string } | null {
  const [key, ...others] = Object.keys(value);
  if (key === undefined || others.length > 0 || !Object.hasOwn(typed, key)) return null;
  const inner = value[key];
  return inner === undefined || inner === null || !isScalar(inner)
    ? null
    : { type: key, text: asText(inner as string) };
}

function typedProblem(value: JsonObject): string | null {
  const [key, ...others] = Object.keys(value);
  const rule = key !== undefined && others.length === 0 && Object.hasOwn(typed, key) ? typed[key] : undefined;
  if (!rule) return null;
  const read = typedValue(value);
  return read && rule[0](read.text) ? null : rule[1];
}

/** The inputs that an operation uses, each once; none while it is not well formed. */
export function mongoNames(statement: string | JsonObject): string[] {
  const names = new Set<string>();
  visit(mongoDocument(statement) ?? {}, [], (value) => {
    if (typeof value !== 'string' || templateProblem(value) !== null) return;
    for (const part of parseTemplate(value)) if ('name' in part) names.add(part.name);
  });
  return [...names];
}
