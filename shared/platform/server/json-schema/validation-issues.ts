import type { ErrorObject } from 'ajv';
import type { Issue } from '../../error-codes.ts';
import { pointer } from '../../json-pointer.ts';
import { fieldWords } from '../../schema-titles.ts';

const maxIssues = 100;
/** Merging compares errors with each other, and more of them say no more. */
const maxErrors = 1000;

/**
 * Ajv's errors as issues with plain messages, in the words of the field: its title where the schema gives it one. No message
 * quotes a value.
 */
export function toIssues(errors: readonly ErrorObject[], schema?: unknown): Issue[] {
  const issues = new Map<string, Issue>();
  for (const error of mergeBranches(errors.slice(0, maxErrors))) {
    const issue = { path: pathOf(error), message: messageOf(error, schema), keyword: error.keyword };
    issues.set(`${issue.path}\n${issue.message}`, issue);
    if (issues.size === maxIssues) break;
  }
  return [...issues.values()];
}

/** Drops errors of `if`, which repeat those of `then` or `else`; branches that differ only in type become one. */
function mergeBranches(errors: readonly ErrorObject[]): ErrorObject[] {
  const kept = errors.filter((error) => error.keyword !== 'if' || errors.length === 1);
  for (const branch of errors.filter((error) => error.keyword === 'anyOf' || error.keyword === 'oneOf')) {
    const inside = kept.filter(
      (error) => error !== branch && error.schemaPath.startsWith(`${branch.schemaPath}/`),
    );
    const typesOnly =
      inside.length > 0 &&
      inside.every((error) => error.keyword === 'type' && error.instancePath === branch.instancePath);
    if (!typesOnly) continue;
    const types = inside.flatMap((error) => (error.params as { type: string | string[] }).type);
    const merged = { ...branch, keyword: 'type', params: { type: types } };
    kept.splice(kept.indexOf(branch), 1, merged);
    for (const error of inside) kept.splice(kept.indexOf(error), 1);
  }
  return kept;
}

function pathOf({ instancePath, keyword, params, propertyName }: ErrorObject): string {
  switch (keyword) {
    case 'required':
    case 'dependentRequired':
    case 'dependencies':
      return pointer(instancePath, String(params.missingProperty));
    case 'additionalProperties':
      return pointer(instancePath, String(params.additionalProperty));
    case 'unevaluatedProperties':
      return pointer(instancePath, String(params.unevaluatedProperty));
    case 'propertyNames':
      return pointer(instancePath, String(params.propertyName));
    default:
      return propertyName === undefined ? instancePath : pointer(instancePath, propertyName);
  }
}

function messageOf(error: ErrorObject, schema: unknown): string {
  const path = pathOf(error);
  return `${fieldWords(schema, path)} ${predicate(error)}`;
}

function predicate({ keyword, params, message }: ErrorObject): string {
  switch (keyword) {
    case 'required':
      return 'is required';
    case 'dependentRequired':
    case 'dependencies':
      return `is required when ${params.property} is given`;
    case 'additionalProperties':
    case 'unevaluatedProperties':
      return 'is not a known property';
    case 'propertyNames':
      return 'has a name that is not allowed';
    case 'type':
      return `must be ${typeWords([params.type].flat() as string[])}`;
    case 'minimum':
    case 'maximum':
    case 'exclusiveMinimum':
    case 'exclusiveMaximum':
      return `must be ${comparisons[params.comparison] ?? params.comparison} ${params.limit}`;
    case 'multipleOf':
      return `must be a multiple of ${params.multipleOf}`;
    case 'minLength':
      return params.limit === 1 ? 'must not be empty' : `must have at least ${params.limit} characters`;
    case 'maxLength':
      return `must have at most ${count(params.limit, 'character')}`;
    case 'minItems':
      return `must have at least ${count(params.limit, 'item')}`;
    case 'maxItems':
      return `must have at most ${count(params.limit, 'item')}`;
    case 'minProperties':
      return `must have at least ${params.limit} ${params.limit === 1 ? 'property' : 'properties'}`;
    case 'maxProperties':
      return `must have at most ${params.limit} ${params.limit === 1 ? 'property' : 'properties'}`;
    case 'pattern':
      return `must match the pattern ${params.pattern}`;
    case 'format':
      return `must be ${formatWords[params.format] ?? `a valid ${params.format}`}`;
    case 'enum':
      return `must be one of ${shortList(params.allowedValues as unknown[])}`;
    case 'const':
      return `must be ${short(params.allowedValue)}`;
    case 'anyOf':
      return 'fits none of the alternatives';
    case 'oneOf':
      return params.passingSchemas
        ? 'fits more than one of the alternatives'
        : 'fits none of the alternatives';
    case 'not':
      return 'has a form that is not allowed';
    case 'false schema':
      return 'is not allowed';
    default:
      return message ?? 'is not valid';
  }
}

const comparisons: Record<string, string> = {
  '>=': 'at least',
  '<=': 'at most',
  '>': 'more than',
  '<': 'less than',
};

const formatWords: Record<string, string> = {
  email: 'an email address',
  uri: 'a URL with its scheme, such as https://example.com',
  date: 'a date, such as 2026-01-31',
  'date-time': 'a date and time with a time zone, such as 2026-01-31T09:30:00Z',
  uuid: 'a UUID',
};

const typeNames: Record<string, string> = {
  string: 'text',
  number: 'a number',
  integer: 'a whole number',
  boolean: 'true or false',
  object: 'an object',
  array: 'a list',
  null: 'null',
};

function typeWords(types: string[]): string {
  return [...new Set(types)].map((type) => typeNames[type] ?? type).join(' or ');
}

function count(amount: number, noun: string): string {
  return `${amount} ${noun}${amount === 1 ? '' : 's'}`;
}

function shortList(values: unknown[]): string {
  const shown = values.slice(0, 20).map(short).join(', ');
  return values.length > 20 ? `${shown} …` : shown;
}

function short(value: unknown): string {
  const text = JSON.stringify(value) ?? 'undefined';
  return text.length > 60 ? `${text.slice(0, 60)}…` : text;
}
