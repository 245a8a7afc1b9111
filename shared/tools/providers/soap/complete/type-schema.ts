import type { JsonObject } from '../../../../platform/json.ts';
import { attributeMark, textKey } from '../../../../platform/xml-marks.ts';
import type { CompiledOperation, SoapChild, SoapType } from '../config.ts';

/** The JSON of what an operation gets, as a JSON Schema (draft-07). */
export function typeSchema({ types }: CompiledOperation, element: SoapChild | null): JsonObject {
  const definitions: Record<string, JsonObject> = {};
  const typed = (index: number): JsonObject => {
    const type = types[index];
    if (!type) return {};
    if (type.kind === 'simple') return simpleSchema(type);
    const name = `type${index}`;
    if (!Object.hasOwn(definitions, name)) {
      definitions[name] = {};
      definitions[name] = complexSchema(type);
    }
    return { $ref: `#/definitions/${name}` };
  };
  const complexSchema = (type: Extract<SoapType, { kind: 'complex' }>): JsonObject => {
    const properties: JsonObject = {};
    const required: string[] = [];
    for (const each of type.attributes) {
      properties[attributeMark + each.name] = typed(each.type);
      if (each.required) required.push(attributeMark + each.name);
    }
    if (type.text !== null) properties[textKey] = typed(type.text);
    for (const each of type.children) {
      const schema = typed(each.type);
      const item = each.nillable ? { anyOf: [schema, { type: 'null' }] } : schema;
      properties[each.name] = each.many ? { type: 'array', items: item } : item;
      if (each.required) required.push(each.name);
    }
    return {
      type: 'object',
      properties,
      ...(required.length > 0 && { required }),
      additionalProperties: false,
    };
  };
  if (element === null) return { type: 'object', additionalProperties: false };
  const type = types[element.type];
  const root =
    type?.kind === 'complex'
      ? complexSchema(type)
      : {
          type: 'object',
          required: [textKey],
          properties: { [textKey]: typed(element.type) },
          additionalProperties: false,
        };
  return { ...root, ...(Object.keys(definitions).length > 0 && { definitions }) };
}

const formats: Record<string, JsonObject> = {
  date: { format: 'date' },
  dateTime: { examples: ['2026-01-31T12:00:00Z'] },
  time: { examples: ['12:00:00'] },
  anyURI: { format: 'uri-reference' },
};

function simpleSchema({ of, xsd, choices }: Extract<SoapType, { kind: 'simple' }>): JsonObject {
  if (choices) return { type: 'string', enum: [...new Set(choices)] };
  switch (of) {
    case 'boolean':
      return { type: 'boolean' };
    case 'integer':
      return { type: 'integer' };
    case 'number':
      return { type: 'number' };
    case 'base64':
      return { type: 'string', contentEncoding: 'base64' };
    case 'string':
      return { type: 'string', ...formats[xsd] };
  }
}
