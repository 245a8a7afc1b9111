import { Ajv, type ErrorObject, type FuncKeywordDefinition, type Options } from 'ajv';
import { Ajv2020 } from 'ajv/dist/2020.js';
import type { DataValidationCxt } from 'ajv/dist/types/index.js';
import { canonicalJson } from '../../canonical-json.ts';
import type { JsonValue } from '../../json.ts';
import { LinearRegExp } from '../../linear-regexp.ts';
import { addExactKeywords, sentAt } from './exact-keywords.ts';
import { linearFormats } from './linear-formats.ts';

export type Draft = 'draft-07' | '2020-12';

const drafts: Record<string, Draft> = {
  'http://json-schema.org/draft-07/schema': 'draft-07',
  'https://json-schema.org/draft-07/schema': 'draft-07',
  'https://json-schema.org/draft/2020-12/schema': '2020-12',
};

/** The draft of a schema; draft-07 when it names none, null when it is not supported. */
export function draftOf(schema: { $schema?: unknown }): Draft | null {
  if (schema.$schema === undefined) return 'draft-07';
  return typeof schema.$schema === 'string' ? (drafts[schema.$schema.replace(/#$/, '')] ?? null) : null;
}

const formats = linearFormats();

const options: Options = {
  allErrors: true,
  // Without it `{required: ["constructor"]}` accepts `{}`.
  ownProperties: true,
  strict: false,
  logger: false,
  validateFormats: true,
  formats,
  code: { regExp: Object.assign((pattern: string) => new LinearRegExp(pattern), { code: 'linearRegExp' }) },
};

/** Checks schemas against the meta-schema of their draft; one instance per draft. */
export const metaValidators: Record<Draft, () => Ajv> = {
  'draft-07': once(() => new Ajv({ strict: false, logger: false, allErrors: true, validateFormats: false })),
  '2020-12': once(
    () => new Ajv2020({ strict: false, logger: false, allErrors: true, validateFormats: false }),
  ),
};

/**
 * A new instance for one schema (0.1 ms): another tenant's schema never sees what this one registers (`$id`, anchors).
 */
export function createAjv(draft: Draft): Ajv {
  const own = { ...options, meta: false, validateSchema: false };
  const ajv = draft === '2020-12' ? new Ajv2020(own) : new Ajv(own);
  ajv.removeKeyword('id');
  ajv.removeKeyword('uniqueItems');
  ajv.addKeyword(uniqueItems);
  addExactKeywords(ajv);
  ajv.addKeyword(fuelKeyword);
  return ajv;
}

/** Ajv compares every pair of items: 100,000 objects would take hours. This visits each item once. */
const uniqueItems: FuncKeywordDefinition = {
  keyword: 'uniqueItems',
  type: 'array',
  schemaType: 'boolean',
  errors: true,
  validate: function validate(
    unique: boolean,
    data: JsonValue[],
    _schema: unknown,
    context?: DataValidationCxt,
  ): boolean {
    if (!unique) return true;
    const seen = new Map<string, number>();
    for (const [index, item] of (sentAt(data, context) as JsonValue[]).entries()) {
      const text = canonicalJson(item);
      const before = seen.get(text);
      if (before !== undefined) {
        (validate as { errors?: Partial<ErrorObject>[] }).errors = [
          {
            keyword: 'uniqueItems',
            message: `items ${before} and ${index} are the same`,
            params: { i: index, j: before },
          },
        ];
        return false;
      }
      seen.set(text, index);
    }
    return true;
  },
};

/** References may fan out without end (`anyOf` of two references to itself), so each followed one costs fuel. */
const fuelPerValidation = 2_000_000;
let fuel = fuelPerValidation;
export const fuelKeywordName = 'interlock-fuel';
const fuelKeyword: FuncKeywordDefinition = {
  keyword: fuelKeywordName,
  before: '$ref',
  validate: () => {
    fuel -= 1;
    if (fuel < 0) throw new RangeError('The schema needs too many steps for this value');
    return true;
  },
};

export function refuel(steps = fuelPerValidation): void {
  fuel = steps;
}

function once<T>(make: () => T): () => T {
  let made: T | undefined;
  return () => (made ??= make());
}
