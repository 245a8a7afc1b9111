import { isArtifactReference } from '../../../shared/artifacts/artifact-references.ts';
import type { Issue } from '../../../shared/platform/error-codes.ts';
import { compareNumbers, type ExactNumber, isMultipleOf } from '../../../shared/platform/exact-number.ts';
import { isNumber } from '../../../shared/platform/json.ts';
import { pointer as pointerTo } from '../../../shared/platform/json-pointer.ts';
import { isObject } from '../../../shared/platform/schema-properties.ts';
import { fieldWords } from '../../../shared/platform/schema-titles.ts';
import { counted, t } from '../../words/words.ts';
import { sameJson } from './json-edit.ts';
import { fieldOf, type JsonSchema, type SchemaField } from './schema-field.ts';
import { branchOf } from './schema-values.ts';

/**
 * The issues of a value that the page can find while someone types, in the words of the server. The server decides: it
 * checks patterns and rare keywords too (a pattern from a definition must not run in this tab).
 */
export function checkValue(root: JsonSchema, schema: JsonSchema, value: unknown, pointer = ''): Issue[] {
  const field = fieldOf(root, schema);
  const name = () => fieldWords(root, pointer);
  const issue = (keyword: string, message: string): Issue[] => [{ path: pointer, keyword, message }];
  if (value === undefined) return [];
  if (value === null && field.nullable) return [];

  switch (field.kind) {
    case 'string':
      return typeof value === 'string'
        ? checkString(field, value, name, issue)
        : issue('type', t`${name()} must be text`);
    case 'number':
      return isNumber(value)
        ? checkNumber(field, value, name, issue)
        : issue('type', field.integer ? t`${name()} must be a whole number` : t`${name()} must be a number`);
    case 'boolean':
      return typeof value === 'boolean' ? [] : issue('type', t`${name()} must be true or false`);
    case 'enum':
      return field.options.some((option) => sameJson(option.value, value))
        ? []
        : issue(
            'enum',
            t`${name()} must be one of ${field.options.map((option) => option.label).join(', ')}`,
          );
    case 'const':
      return sameJson(field.value, value)
        ? []
        : issue('const', t`${name()} must be ${JSON.stringify(field.value)}`);
    case 'object':
      return isObject(value)
        ? checkObject(root, field, value, pointer)
        : issue('type', t`${name()} must be an object`);
    case 'array':
      return Array.isArray(value)
        ? [
            ...(value.length < field.minItems
              ? issue(
                  'minItems',
                  counted(
                    field.minItems,
                    '{1} must have at least {0} item|{1} must have at least {0} items',
                    name(),
                  ),
                )
              : []),
            ...(field.maxItems !== undefined && value.length > field.maxItems
              ? issue(
                  'maxItems',
                  counted(
                    field.maxItems,
                    '{1} must have at most {0} item|{1} must have at most {0} items',
                    name(),
                  ),
                )
              : []),
            ...value.flatMap((item, index) => checkValue(root, field.items, item, pointerTo(pointer, index))),
          ]
        : issue('type', t`${name()} must be a list`);
    case 'choice': {
      const branch = field.options[branchOf(root, field.options, value)];
      return branch ? checkValue(root, branch.schema, value, pointer) : [];
    }
    case 'file':
      return isArtifactReference(value) ? [] : issue('type', t`${name()} must be a file`);
    case 'json':
      return [];
  }
}

type AddIssue = (keyword: string, message: string) => Issue[];

const shapes: Partial<Record<string, { pattern: RegExp; message: (name: string) => string }>> = {
  date: {
    pattern: /^\d{4}-\d{2}-\d{2}$/,
    message: (name) => t`${name} must be a date, such as 2026-01-31`,
  },
  'date-time': {
    pattern: /^\d{4}-\d{2}-\d{2}[Tt]\d{2}:\d{2}:\d{2}(\.\d+)?([Zz]|[+-]\d{2}:\d{2})$/,
    message: (name) => t`${name} must be a date and time with a time zone, such as 2026-01-31T09:30:00Z`,
  },
  email: { pattern: /^[^\s@]+@[^\s@]+$/, message: (name) => t`${name} must be an email address` },
  uri: {
    pattern: /^[a-z][a-z0-9+.-]*:\S+$/i,
    message: (name) => t`${name} must be a URL with its scheme, such as https://example.com`,
  },
};

function checkString(
  field: SchemaField & { kind: 'string' },
  value: string,
  name: () => string,
  issue: AddIssue,
): Issue[] {
  const length = [...value].length;
  const shape = shapes[field.format];
  return [
    ...(field.minLength !== undefined && length < field.minLength
      ? issue(
          'minLength',
          field.minLength === 1
            ? t`${name()} must not be empty`
            : t`${name()} must have at least ${field.minLength} characters`,
        )
      : []),
    ...(field.maxLength !== undefined && length > field.maxLength
      ? issue(
          'maxLength',
          counted(
            field.maxLength,
            '{1} must have at most {0} character|{1} must have at most {0} characters',
            name(),
          ),
        )
      : []),
    ...(shape && !shape.pattern.test(value) ? issue('format', shape.message(name())) : []),
  ];
}

function checkNumber(
  field: SchemaField & { kind: 'number' },
  value: number | ExactNumber,
  name: () => string,
  issue: AddIssue,
): Issue[] {
  const { minimum, maximum, exclusiveMinimum, exclusiveMaximum, multipleOf } = field;
  const order = (bound: number | ExactNumber | undefined) =>
    bound === undefined ? undefined : compareNumbers(value, bound);
  return [
    ...(field.integer && !isMultipleOf(value, 1) ? issue('type', t`${name()} must be a whole number`) : []),
    ...((order(minimum) ?? 0) < 0 ? issue('minimum', t`${name()} must be at least ${String(minimum)}`) : []),
    ...((order(maximum) ?? 0) > 0 ? issue('maximum', t`${name()} must be at most ${String(maximum)}`) : []),
    ...((order(exclusiveMinimum) ?? 1) <= 0
      ? issue('exclusiveMinimum', t`${name()} must be more than ${String(exclusiveMinimum)}`)
      : []),
    ...((order(exclusiveMaximum) ?? -1) >= 0
      ? issue('exclusiveMaximum', t`${name()} must be less than ${String(exclusiveMaximum)}`)
      : []),
    ...(multipleOf === undefined || isMultipleOf(value, multipleOf)
      ? []
      : issue('multipleOf', t`${name()} must be a multiple of ${String(multipleOf)}`)),
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
      return required
        ? [{ path: at, keyword: 'required', message: t`${fieldWords(root, at)} is required` }]
        : [];
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
