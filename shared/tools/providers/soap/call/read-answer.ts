import type { JsonValue } from '../../../../platform/json.ts';
import type { Json } from '../../../../platform/json-text.ts';
import { BudgetError, isolated } from '../../../../platform/server/isolates/isolated.ts';
import { carried } from '../../../../platform/server/redact-large.ts';
import { readXml, type XmlElement, XmlError } from '../../../../platform/server/xml/read-xml.ts';
import {
  append,
  booleanIn,
  isNil,
  numberIn,
  ownAttributes,
  xmlValue,
} from '../../../../platform/server/xml/xml-value.ts';
import { attributeMark, textKey } from '../../../../platform/xml-marks.ts';
import type { CompiledOperation, SoapChild, SoapType } from '../config.ts';
import { envelopeOf } from '../xml/write-xml.ts';

export interface SoapFault {
  /** Without its prefix: `Client`, `Server`, `Sender`, `FailedAuthentication`. */
  code: string;
  message: string;
  detail: JsonValue;
}

export type SoapAnswer = { output: Json } | { fault: SoapFault } | { problem: string };

const readThere = isolated(readAnswer, import.meta.url);
const cpuMs = 2_000;

/** What a response says, read in an isolate. */
export async function readSoap(
  text: string,
  compiled: CompiledOperation,
  tenantId: string,
): Promise<SoapAnswer> {
  const { output, types } = compiled;
  try {
    return await readThere({ cpuMs, tenantId, maxBytes: Number.POSITIVE_INFINITY }, text, output, types);
  } catch (error) {
    if (!(error instanceof BudgetError)) throw error;
    return { problem: `Reading the response ${error.message}` };
  }
}

/** Runs in an isolate. */
export function readAnswer(
  text: string,
  output: CompiledOperation['output'],
  types: CompiledOperation['types'],
): SoapAnswer {
  try {
    const root = readXml(text);
    if (root.name !== 'Envelope' || !Object.values<string>(envelopeOf).includes(root.ns))
      return { problem: 'The response is not a SOAP envelope' };
    const body = root.children.find((each) => each.name === 'Body' && each.ns === root.ns);
    const [first] = body?.children ?? [];
    if (first?.name === 'Fault' && first.ns === root.ns) return { fault: faultOf(first) };
    const element = output?.element ?? null;
    if (element === null || !first) return { output: first ? carried(xmlValue(first)) : null };
    // A service that answers with another name still answers: what it sent is shown as it is.
    const value = first.name === element.name ? readerOf(types)(first, element) : xmlValue(first);
    return { output: carried(value) };
  } catch (error) {
    if (error instanceof XmlError) return { problem: `The response cannot be read: ${error.message}` };
    throw error;
  }
}

function faultOf(fault: XmlElement): SoapFault {
  const child = (of: XmlElement | undefined, name: string) => of?.children.find((each) => each.name === name);
  const old = child(fault, 'faultcode');
  if (old) {
    const detail = child(fault, 'detail');
    return {
      code: local(old.text),
      message: (child(fault, 'faultstring')?.text ?? '').trim().slice(0, 2000),
      detail: detail ? xmlValue(detail) : null,
    };
  }
  const code = child(fault, 'Code');
  const sub = child(child(code, 'Subcode'), 'Value');
  const detail = child(fault, 'Detail');
  return {
    code: local(sub?.text ?? child(code, 'Value')?.text ?? ''),
    message: (child(child(fault, 'Reason'), 'Text')?.text ?? '').trim().slice(0, 2000),
    detail: detail ? xmlValue(detail) : null,
  };
}

const local = (text: string): string => text.trim().replace(/^.*:/, '').slice(0, 100);

/** Reads elements by their types: lists stay lists with one item, numbers keep their digits. */
function readerOf(types: CompiledOperation['types']) {
  const read = (element: XmlElement, of: Pick<SoapChild, 'type'>): JsonValue => {
    if (isNil(element)) return null;
    const type = types[of.type];
    if (type === undefined) return xmlValue(element);
    return type.kind === 'simple' ? simple(element.text, type) : complex(element, type);
  };
  const complex = (element: XmlElement, type: Extract<SoapType, { kind: 'complex' }>): JsonValue => {
    const fields = new Map<string, JsonValue>();
    for (const { name, value } of ownAttributes(element)) {
      const known = types[type.attributes.find((each) => each.name === name)?.type ?? -1];
      fields.set(attributeMark + name, known?.kind === 'simple' ? simple(value, known) : value);
    }
    const text = type.text === null ? undefined : types[type.text];
    if (text?.kind === 'simple') {
      fields.set(textKey, simple(element.text, text));
      return Object.fromEntries(fields);
    }
    for (const each of element.children) {
      const known = type.children.find(({ name }) => name === each.name);
      const value = known ? read(each, known) : xmlValue(each);
      append(fields, each.name, value, known?.many === true);
    }
    for (const { name, many } of type.children) if (many && !fields.has(name)) fields.set(name, []);
    return Object.fromEntries(fields);
  };
  return read;
}

function simple(written: string, { of }: Extract<SoapType, { kind: 'simple' }>): JsonValue {
  if (of === 'string') return written;
  const text = written.trim();
  if (of === 'boolean') return booleanIn(text) ?? text;
  if (of === 'base64') return text.replace(/\s+/g, '');
  return numberIn(text) ?? text;
}
