import type { Ajv, ErrorObject, FuncKeywordDefinition } from 'ajv';
import type { DataValidationCxt } from 'ajv/dist/types/index.js';
import { canonicalJson } from '../../canonical-json.ts';
import { compareNumbers, ExactNumber, fittingDouble, isIntegral, isMultipleOf } from '../../exact-number.ts';
import { holdsExact, isNumber, isScalar, type JsonValue, mapScalars } from '../../json.ts';
import { pointerSteps } from '../../json-pointer.ts';

type AnyNumber = number | ExactNumber;

/**
 * Keywords that compare numbers, with the decimals that were written: 19.99 is a multiple of 0.01, and 9007199254740993 is
 * more than 9007199254740992. Ajv itself sees doubles.
 */
export function addExactKeywords(ajv: Ajv): void {
  for (const definition of definitions) {
    ajv.removeKeyword(definition.keyword as string);
    ajv.addKeyword(definition);
  }
}

/** The value that is being validated, where Ajv sees other numbers than it has. */
let original: JsonValue | undefined;

/** Validates a value; `validate` gets it with doubles. */
export function withDoubles<T>(value: JsonValue, validate: (value: JsonValue) => T): T {
  if (!holdsExact(value)) return validate(value);
  original = value;
  try {
    return validate(mapScalars(value, (each) => (each instanceof ExactNumber ? doubleFor(each) : each)));
  } finally {
    original = undefined;
  }
}

/** A double that is whole if the number is whole. */
function doubleFor(value: ExactNumber): number {
  const fitting = fittingDouble(value);
  if (fitting !== null) return fitting;
  const nearest = Math.max(-Number.MAX_VALUE, Math.min(Number.MAX_VALUE, Number(value)));
  return Number.isInteger(nearest) === isIntegral(value) ? nearest : 0.5;
}

/** What was sent where Ajv sees this. Texts stay: a property name has the path of its object. */
export function sentAt(data: JsonValue, context: DataValidationCxt | undefined): JsonValue {
  if (original === undefined || (isScalar(data) && typeof data !== 'number')) return data;
  return pointerSteps(context?.instancePath ?? '').reduce<JsonValue>(
    (at, step) => (at as Record<string, JsonValue>)[step] ?? null,
    original,
  );
}

interface Test {
  passes: (sent: JsonValue) => boolean;
  message: string;
  params: Record<string, unknown>;
}

/** A keyword that is decided by its own value and what was sent. */
function keyword(
  name: string,
  type: FuncKeywordDefinition['type'],
  test: (wanted: JsonValue) => Test | null,
): FuncKeywordDefinition {
  return {
    keyword: name,
    ...(type ? { type } : {}),
    errors: true,
    compile: (wanted: JsonValue) => {
      const tested = test(wanted);
      if (!tested) throw new Error(`the value of ${name} is not valid`);
      const { passes, ...problem } = tested;
      const validate = (data: JsonValue, context?: DataValidationCxt): boolean => {
        if (passes(sentAt(data, context))) return true;
        (validate as { errors?: Partial<ErrorObject>[] }).errors = [{ keyword: name, ...problem }];
        return false;
      };
      return validate;
    },
  };
}

function limit(name: string, comparison: string, passes: (order: number) => boolean): FuncKeywordDefinition {
  return keyword(name, 'number', (wanted) =>
    isNumber(wanted)
      ? {
          passes: (sent) => passes(compareNumbers(sent as AnyNumber, wanted)),
          message: `must be ${comparison} ${wanted}`,
          params: { comparison, limit: wanted },
        }
      : null,
  );
}

const definitions: FuncKeywordDefinition[] = [
  limit('minimum', '>=', (order) => order >= 0),
  limit('maximum', '<=', (order) => order <= 0),
  limit('exclusiveMinimum', '>', (order) => order > 0),
  limit('exclusiveMaximum', '<', (order) => order < 0),
  keyword('multipleOf', 'number', (wanted) =>
    isNumber(wanted)
      ? {
          passes: (sent) => isMultipleOf(sent as AnyNumber, wanted),
          message: `must be a multiple of ${wanted}`,
          params: { multipleOf: wanted },
        }
      : null,
  ),
  keyword('const', undefined, (wanted) => ({
    passes: equalTo([wanted]),
    message: 'must be equal to constant',
    params: { allowedValue: wanted },
  })),
  keyword('enum', undefined, (wanted) =>
    Array.isArray(wanted) && wanted.length > 0
      ? {
          passes: equalTo(wanted),
          message: 'must be equal to one of the allowed values',
          params: { allowedValues: wanted },
        }
      : null,
  ),
];

/** Equal by value: 1.0 is 1. */
function equalTo(allowed: JsonValue[]): (sent: JsonValue) => boolean {
  const plain = new Set(allowed.filter((each) => isScalar(each) && !isNumber(each)));
  const others = new Set(allowed.filter((each) => !plain.has(each)).map(canonicalJson));
  return (sent) =>
    isScalar(sent) && !isNumber(sent) ? plain.has(sent) : others.size > 0 && others.has(canonicalJson(sent));
}
