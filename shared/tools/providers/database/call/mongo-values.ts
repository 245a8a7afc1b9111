import { Binary, Decimal128, Long, ObjectId, UUID } from 'bson';
import { type ExactNumber, isIntegral, numberText } from '../../../../platform/exact-number.ts';
import { isNumber, isScalar, type JsonObject, type JsonValue } from '../../../../platform/json.ts';
import { typedValue } from '../mongo-operation.ts';
import { readNumber } from './read-values.ts';

const int32 = 2 ** 31;

/** JSON as MongoDB stores it: `{"$oid": …}` and its like are what they say, numbers keep their digits. */
export function toBson(value: JsonValue): unknown {
  if (isNumber(value)) return bsonNumber(value);
  if (isScalar(value)) return value;
  if (Array.isArray(value)) return value.map(toBson);
  const typed = typedValue(value);
  if (typed) return bsonOf(typed.type, typed.text);
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, toBson(item)]));
}

function bsonOf(type: string, text: string): unknown {
  if (type === '$oid') return new ObjectId(text);
  if (type === '$date') return new Date(text);
  if (type === '$uuid') return new UUID(text);
  if (type === '$numberLong') return Long.fromString(text);
  return Decimal128.fromString(text);
}

function bsonNumber(value: number | ExactNumber): unknown {
  if (typeof value === 'number')
    return Number.isSafeInteger(value) && Math.abs(value) >= int32 ? Long.fromNumber(value) : value;
  const text = numberText(value);
  if (!isIntegral(value)) return Decimal128.fromString(text);
  const whole = BigInt(text.replace(/\..*$/, ''));
  return whole >= -(2n ** 63n) && whole < 2n ** 63n ? Long.fromBigInt(whole) : Decimal128.fromString(text);
}

/** A document as JSON: ids and UUIDs as text, dates as ISO 8601, bytes as base64, numbers with their digits. */
export function fromBson(value: unknown): JsonValue {
  if (value === null || value === undefined) return null;
  switch (typeof value) {
    case 'string':
    case 'boolean':
      return value;
    case 'number':
      return Number.isFinite(value) ? value : String(value);
    case 'bigint':
      return readNumber(value.toString());
    case 'object':
      return fromObject(value);
    default:
      return String(value);
  }
}

function fromObject(value: object): JsonValue {
  if (Array.isArray(value)) return value.map(fromBson);
  if (value instanceof Date) return Number.isNaN(value.getTime()) ? null : value.toISOString();
  const type = (value as { _bsontype?: string })._bsontype;
  switch (type) {
    case undefined:
      return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, fromBson(item)]));
    case 'ObjectId':
      return String(value);
    case 'Long':
    case 'Decimal128':
      return readNumber(String(value));
    case 'Binary': {
      const binary = value as Binary;
      return binary.sub_type === Binary.SUBTYPE_UUID && binary.length() === 16
        ? binary.toUUID().toHexString()
        : Buffer.from(binary.value()).toString('base64');
    }
    default:
      return readExtended(value);
  }
}

/** Timestamps, regular expressions and the rest, in extended JSON. */
function readExtended(value: object): JsonValue {
  const extended: unknown =
    'toExtendedJSON' in value && typeof value.toExtendedJSON === 'function' ? value.toExtendedJSON() : null;
  return JSON.parse(JSON.stringify(extended ?? null)) as JsonObject;
}
