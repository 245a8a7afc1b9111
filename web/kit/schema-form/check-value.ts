import { isArtifactReference } from '../../../shared/artifacts/artifact-references.ts';
import type { Issue } from '../../../shared/platform/error-codes.ts';
import { compareNumbers, type ExactNumber, isMultipleOf } from '../../../shared/platform/exact-number.ts';
import { isNumber } from '../../../shared/platform/json.ts';
import { pointer as pointerTo } from '../../../shared/platform/json-pointer.ts';
import { isObject } from '../../../shared/platform/schema-properties.ts';
import { t } from '../../words/words.ts';
import { sameJson } from './json-edit.ts';
import { fieldOf, type JsonSchema, type SchemaField } from './schema-field.ts';
import { branchOf } from './schema-values.ts';

/**
 * The issues of a value that the page can find while someone types. The server decides: it checks patterns and rare
 * keywords too (a pattern from a definition must not run in this tab).
 */
export function checkValue(root: JsonSchema, schema: JsonSchema, value: unknown, pointer = ''): Issue[] {
  const field = fieldOf(root, schema);
  const issue = (keyword: string, message: string): Issue[] => [{ path: pointer, keyword, message }];
  if (value === undefined) return [];
  if (value === null && field.nullable) return [];

  switch (field.kind) {
    case 'string':
      return typeof value === 'string' ? checkString(field, value, issue) : issue('type', t('Enter text.'));
    case 'number':
      return isNumber(value)
        ? checkNumber(field, value, issue)
        : issue('type', field.integer ? t('Enter a whole number.') : t('Enter a number.'));
    case 'boolean':
      return typeof value === 'boolean' ? [] : issue('type', t('Choose yes or no.'));
    case 'enum':
      return field.options.some((option) => sameJson(option.value, value))
        ? []
        : issue('enum', t`Choose one of ${field.options.map((option) => option.label).join(', ')}.`);
    case 'const':
      return sameJson(field.value, value) ? [] : issue('const', t`Must be ${JSON.stringify(field.value)}.`);
    case 'object':
      return isObject(value)
        ? checkObject(root, field, value, pointer)
        : issue('type', t('Must be an object.'));
    case 'array':
      return Array.isArray(value)
        ? [
            ...(value.length < field.minItems ? issue('minItems', t`Add at least ${field.minItems}.`) : []),
            ...(field.maxItems !== undefined && value.length > field.maxItems
              ? issue('maxItems', t`Keep at most ${field.maxItems}.`)
              : []),
            ...value.flatMap((item, index) => checkValue(root, field.items, item, pointerTo(pointer, index))),
          ]
        : issue('type', t('Must be a list.'));
    case 'choice': {
      const branch = field.options[branchOf(root, field.options, value)];
      return branch ? checkValue(root, branch.schema, value, pointer) : [];
    }
    case 'file':
      return isArtifactReference(value) ? [] : issue('type', t('Choose a file.'));
    case 'json':
      return [];
  }
}

type AddIssue = (keyword: string, message: string) => Issue[];

const shapes: Partial<Record<string, { pattern: RegExp; message: string }>> = {
  date: { pattern: /^\d{4}-\d{2}-\d{2}$/, message: t('Enter a date.') },
  'date-time': {
    pattern: /^\d{4}-\d{2}-\d{2}[Tt]\d{2}:\d{2}:\d{2}(\.\d+)?([Zz]|[+-]\d{2}:\d{2})$/,
    message: t('Enter a date and time with a time zone, like 2026-01-31T09:30:00Z.'),
  },
  email: { pattern: /^[^\s@]+@[^\s@]+$/, message: t('Enter an email address.') },
  uri: { pattern: /^[a-z][a-z0-9+.-]*:\S+$/i, message: 'Enter a URL with its scheme, like https://…' },
};

function checkString(field: SchemaField & { kind: 'string' }, value: string, issue: AddIssue): Issue[] {
  const length = [...value].length;
  const shape = shapes[field.format];
  return [
    ...(field.minLength !== undefined && length < field.minLength
      ? issue(
          'minLength',
          value === '' ? t('This is required.') : t`Enter at least ${field.minLength} characters.`,
        )
      : []),
    ...(field.maxLength !== undefined && length > field.maxLength
      ? issue('maxLength', t`Enter at most ${field.maxLength} characters.`)
      : []),
    ...(shape && !shape.pattern.test(value) ? issue('format', shape.message) : []),
  ];
}

function checkNumber(
  field: SchemaField & { kind: 'number' },
  value: number | ExactNumber,
  issue: AddIssue,
): Issue[] {
  const { minimum, maximum, exclusiveMinimum, exclusiveMaximum, multipleOf } = field;
  const order = (bound: number | ExactNumber | undefined) =>
    bound === undefined ? undefined : compareNumbers(value, bound);
  return [
    ...(field.integer && !isMultipleOf(value, 1) ? issue('type', t('Enter a whole number.')) : []),
    ...((order(minimum) ?? 0) < 0 ? issue('minimum', t`Must be ${String(minimum)} or more.`) : []),
    ...((order(maximum) ?? 0) > 0 ? issue('maximum', t`Must be ${String(maximum)} or less.`) : []),
    ...((order(exclusiveMinimum) ?? 1) <= 0
      ? issue('exclusiveMinimum', t`Must be more than ${String(exclusiveMinimum)}.`)
      : []),
    ...((order(exclusiveMaximum) ?? -1) >= 0
      ? issue('exclusiveMaximum', t`Must be less than ${String(exclusiveMaximum)}.`)
      : []),
    ...(multipleOf === undefined || isMultipleOf(value, multipleOf)
      ? []
      : issue('multipleOf', t`Must be a multiple of ${String(multipleOf)}.`)),
  ];
}

function checkObject(
  root: JsonSchema,
  field: SchemaField & { kind: 'object' },
  value: Record<string, unknown>,
  pointer: string,
): Issue[] {
  const issues = field.properties.flatMap(({ name, schema, required }) => {
    const at = pointerTo(pointer, name);
    if (!Object.hasOwn(value, name)) {
      return required ? [{ path: at, keyword: 'required', message: t('This is required.') }] : [];
    }
    return checkValue(root, schema, value[name], at);
  });
  const { values } = field;
  if (!values) return issues;
  const named = new Set(field.properties.map((property) => property.name));
  const extra = Object.entries(value).filter(([name]) => !named.has(name));
  return [
    ...issues,
    ...extra.flatMap(([name, each]) => checkValue(root, values, each, pointerTo(pointer, name))),
  ];
}
