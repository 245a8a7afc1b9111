import { type DescField, type DescMessage, ScalarType } from '@bufbuild/protobuf';
import type { JsonObject } from '../../../../platform/json.ts';

/** Messages of one schema. Beyond that a message is any object. */
const maxMessages = 200;

/** The JSON of a message as a JSON Schema (draft-07); a message that others hold is a definition. */
export function messageSchema(message: DescMessage): JsonObject {
  const definitions = new Map<string, JsonObject | null>();
  const refer = (inner: DescMessage): JsonObject => {
    const known = wellKnown[inner.typeName];
    if (known) return known;
    if (!definitions.has(inner.typeName)) {
      if (definitions.size >= maxMessages) return { type: 'object' };
      definitions.set(inner.typeName, null);
      definitions.set(inner.typeName, objectOf(inner, refer));
    }
    return { $ref: `#/definitions/${inner.typeName}` };
  };
  const root = wellKnown[message.typeName] ?? objectOf(message, refer);
  const used = Object.fromEntries(
    [...definitions].flatMap(([name, schema]) => (schema ? [[name, schema]] : [])),
  );
  return {
    ...(root.type === 'object' ? root : { type: 'object' }),
    ...(definitions.size > 0 && { definitions: used }),
  };
}

type Refer = (message: DescMessage) => JsonObject;

function objectOf({ fields }: DescMessage, refer: Refer): JsonObject {
  const properties = fields.map((field): [string, JsonObject] => [
    field.jsonName,
    { ...fieldSchema(field, refer), ...oneofWords(field) },
  ]);
  return { type: 'object', properties: Object.fromEntries(properties), additionalProperties: false };
}

function oneofWords({ oneof }: DescField): JsonObject {
  if (!oneof) return {};
  const names = oneof.fields.map(({ jsonName }) => jsonName);
  return { description: `One of ${names.slice(0, 12).join(', ')}${names.length > 12 ? ' …' : ''}` };
}

function fieldSchema(field: DescField, refer: Refer): JsonObject {
  switch (field.fieldKind) {
    case 'scalar':
      return scalar(field.scalar);
    case 'enum':
      return enumSchema(field.enum);
    case 'message':
      return refer(field.message);
    case 'list':
      return { type: 'array', items: valueSchema(field, refer) };
    case 'map':
      return { type: 'object', additionalProperties: valueSchema(field, refer) };
  }
}

function valueSchema(field: Extract<DescField, { fieldKind: 'list' | 'map' }>, refer: Refer): JsonObject {
  const kind = field.fieldKind === 'list' ? field.listKind : field.mapKind;
  if (kind === 'message' && field.message) return refer(field.message);
  if (kind === 'enum' && field.enum) return enumSchema(field.enum);
  return field.scalar === undefined ? {} : scalar(field.scalar);
}

const enumSchema = ({
  typeName,
  values,
}: {
  typeName: string;
  values: readonly { name: string }[];
}): JsonObject =>
  typeName === 'google.protobuf.NullValue'
    ? { type: 'null' }
    : { type: 'string', enum: values.map(({ name }) => name) };

function scalar(type: ScalarType): JsonObject {
  switch (type) {
    case ScalarType.STRING:
      return { type: 'string' };
    case ScalarType.BYTES:
      return { type: 'string', contentEncoding: 'base64' };
    case ScalarType.BOOL:
      return { type: 'boolean' };
    case ScalarType.DOUBLE:
    case ScalarType.FLOAT:
      return { type: 'number' };
    case ScalarType.UINT32:
    case ScalarType.FIXED32:
      return { type: 'integer', minimum: 0, maximum: 4_294_967_295 };
    case ScalarType.INT32:
    case ScalarType.SINT32:
    case ScalarType.SFIXED32:
      return { type: 'integer', minimum: -2_147_483_648, maximum: 2_147_483_647 };
    case ScalarType.UINT64:
    case ScalarType.FIXED64:
      return { type: ['integer', 'string'], pattern: '^\\d{1,20}$', minimum: 0 };
    case ScalarType.INT64:
    case ScalarType.SINT64:
    case ScalarType.SFIXED64:
      return { type: ['integer', 'string'], pattern: '^-?\\d{1,19}$' };
  }
}

const integer64: JsonObject = { type: ['integer', 'string'], pattern: '^-?\\d{1,20}$' };

const wellKnown: Record<string, JsonObject> = {
  'google.protobuf.Timestamp': { type: 'string', format: 'date-time' },
  'google.protobuf.Duration': { type: 'string', pattern: '^-?\\d+(\\.\\d{1,9})?s$', examples: ['30s'] },
  'google.protobuf.FieldMask': { type: 'string' },
  'google.protobuf.Struct': { type: 'object' },
  'google.protobuf.Value': {},
  'google.protobuf.ListValue': { type: 'array' },
  'google.protobuf.Empty': { type: 'object', additionalProperties: false },
  'google.protobuf.Any': {
    type: 'object',
    required: ['@type'],
    properties: { '@type': { type: 'string' } },
  },
  'google.protobuf.DoubleValue': { type: 'number' },
  'google.protobuf.FloatValue': { type: 'number' },
  'google.protobuf.Int32Value': { type: 'integer' },
  'google.protobuf.UInt32Value': { type: 'integer', minimum: 0 },
  'google.protobuf.Int64Value': integer64,
  'google.protobuf.UInt64Value': integer64,
  'google.protobuf.BoolValue': { type: 'boolean' },
  'google.protobuf.StringValue': { type: 'string' },
  'google.protobuf.BytesValue': { type: 'string', contentEncoding: 'base64' },
};
