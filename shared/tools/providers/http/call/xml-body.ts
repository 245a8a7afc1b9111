import type { JsonObject, JsonValue } from '../../../../platform/json.ts';
import { isObject, resolveLocalRef } from '../../../../platform/schema-properties.ts';
import { readXml, type XmlElement } from '../../../../platform/server/xml/read-xml.ts';
import {
  append,
  booleanIn,
  isNil,
  numberIn,
  ownAttributes,
} from '../../../../platform/server/xml/xml-value.ts';
import { attributeMark, textKey } from '../../../../platform/xml-marks.ts';

/**
 * An XML document as JSON: `{root: …}`. An element is its text, or an object with its elements, its attributes as `@name`
 * and, beside those, its text as `#text`. Elements of one name are a list if there are several, or the schema says so, then
 * also if there is none; it also says what is a number or a boolean. Prefixes are left out, `xsi:nil` is null. Runs in an isolate.
 * @param schema of the result
 * @throws XmlError
 */
export function xmlBody(text: string, schema: unknown): JsonValue {
  const root = readXml(text);
  return readerOf(schema).wrapped(root);
}

type Node = Record<string, unknown>;

function readerOf(document: unknown) {
  const described = (schema: unknown): Node => {
    let node = schema;
    for (let steps = 0; isObject(node) && typeof node.$ref === 'string' && steps < 16; steps++)
      node = resolveLocalRef(document, node.$ref);
    return isObject(node) ? node : {};
  };
  const member = ({ properties, additionalProperties }: Node, name: string): unknown =>
    isObject(properties) && Object.hasOwn(properties, name) ? properties[name] : additionalProperties;

  const read = (element: XmlElement, schema: unknown): JsonValue => {
    if (isNil(element)) return null;
    const node = described(schema);
    const types = [node.type].flat();
    const isStructured = element.children.length > 0 || ownAttributes(element).length > 0;
    if (isStructured || types.includes('object') || isObject(node.properties))
      return structured(element, node);
    return simple(element.text, types);
  };
  const structured = (element: XmlElement, node: Node): JsonObject => {
    const fields = new Map<string, JsonValue>();
    const typesOf = (name: string) => [described(member(node, name)).type].flat();
    for (const { name, value } of ownAttributes(element))
      fields.set(attributeMark + name, simple(value, typesOf(attributeMark + name)));
    for (const each of element.children) {
      const known = described(member(node, each.name));
      const isList = [known.type].flat().includes('array');
      append(fields, each.name, read(each, isList ? known.items : known), isList);
    }
    if (isObject(node.properties))
      for (const [name, each] of Object.entries(node.properties))
        if (!fields.has(name) && [described(each).type].flat().includes('array')) fields.set(name, []);
    const text = element.children.length === 0 ? element.text : element.text.trim();
    if (text.trim() !== '') fields.set(textKey, simple(text, typesOf(textKey)));
    return Object.fromEntries(fields);
  };
  return {
    wrapped: (root: XmlElement): JsonValue =>
      structured({ ...root, attributes: [], text: '', children: [root] }, described(document)),
  };
}

function simple(text: string, types: unknown[]): JsonValue {
  const trimmed = text.trim();
  if (types.includes('string')) return text;
  if (types.includes('number') || types.includes('integer')) {
    const number = numberIn(trimmed);
    if (number !== null) return number;
  }
  if (types.includes('boolean')) {
    const found = booleanIn(trimmed);
    if (found !== null) return found;
  }
  return trimmed === '' && types.includes('null') ? null : text;
}
