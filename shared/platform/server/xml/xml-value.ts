import { ExactNumber, plainDigits } from '../../exact-number.ts';
import type { JsonObject, JsonValue } from '../../json.ts';
import { readJson } from '../../read-json.ts';
import { attributeMark, schemaInstance, textKey } from '../../xml-marks.ts';
import type { XmlElement } from './read-xml.ts';

/** Whether an element says that it has no value. */
export const isNil = ({ attributes }: XmlElement): boolean =>
  attributes.some(
    ({ name, ns, value }) => name === 'nil' && ns === schemaInstance && /^(?:true|1)$/.test(value.trim()),
  );

/** Its attributes, without those for readers of XML Schema. */
export const ownAttributes = ({ attributes }: XmlElement): XmlElement['attributes'] =>
  attributes.filter(({ ns }) => ns !== schemaInstance);

/** Adds an element of that name. @param many it is a list even with one item */
export function append(fields: Map<string, JsonValue>, name: string, value: JsonValue, many: boolean): void {
  const before = fields.get(name);
  if (before === undefined) fields.set(name, many ? [value] : value);
  else if (Array.isArray(before)) before.push(value);
  else fields.set(name, [before, value]);
}

/** An element of no known type: its text, or its attributes and elements; several of one name are a list. */
export function xmlValue(element: XmlElement): JsonValue {
  if (isNil(element)) return null;
  const attributes = ownAttributes(element);
  if (element.children.length === 0 && attributes.length === 0) return element.text;
  const fields = new Map<string, JsonValue>(
    attributes.map(({ name, value }) => [attributeMark + name, value]),
  );
  for (const each of element.children) append(fields, each.name, xmlValue(each), false);
  if (element.children.length === 0 && element.text.trim() !== '') fields.set(textKey, element.text);
  return Object.fromEntries(fields) as JsonObject;
}

/** A number with its digits; null: the text is none. */
export function numberIn(text: string): JsonValue {
  if (!/^[+-]?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?$/.test(text)) return null;
  const digits = plainDigits(text.replace(/^\+/, '').replace(/^(-?)0+(?=\d)/, '$1'));
  if (digits === null) return null;
  const value = readJson(digits);
  return typeof value === 'number' || value instanceof ExactNumber ? value : null;
}

export const booleanIn = (text: string): boolean | null =>
  text === 'true' || text === '1' ? true : text === 'false' || text === '0' ? false : null;
