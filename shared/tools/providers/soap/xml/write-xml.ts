import type { Issue } from '../../../../platform/error-codes.ts';
import { isNumber, isScalar, type JsonValue } from '../../../../platform/json.ts';
import { pointer } from '../../../../platform/json-pointer.ts';
import { attributeMark, schemaInstance, textKey } from '../../../../platform/xml-marks.ts';
import { asText } from '../../../template.ts';
import type { CompiledOperation, SoapChild, SoapType } from '../config.ts';

export const envelopeOf = {
  '1.1': 'http://schemas.xmlsoap.org/soap/envelope/',
  '1.2': 'http://www.w3.org/2003/05/soap-envelope',
} as const;

/** Where a UsernameToken goes, at the beginning of an envelope. */
export const emptyHeader = '<soap:Header></soap:Header>';

/**
 * The envelope of an operation.
 * @param issues gets what does not fit, each at its place in `value`
 */
export function writeEnvelope(
  compiled: CompiledOperation,
  value: JsonValue,
  issues: Issue[],
  withHeader: boolean,
): string {
  const { namespaces, version, input } = compiled;
  const declared = namespaces.map((name, index) => ` xmlns:n${index}="${escapeXml(name)}"`).join('');
  const writer = createWriter(compiled, issues);
  const body = input.element === null ? '' : writer.element(input.element, bare(compiled, value), '');
  return `<?xml version="1.0" encoding="utf-8"?><soap:Envelope xmlns:soap="${envelopeOf[version]}" xmlns:xsi="${schemaInstance}"${declared}>${withHeader ? emptyHeader : ''}<soap:Body>${body}</soap:Body></soap:Envelope>`;
}

/** An operation may take a single value instead of fields. */
function bare({ types, input }: CompiledOperation, value: JsonValue): JsonValue {
  const isSimple = types[input.element?.type ?? -1]?.kind === 'simple';
  return isSimple && !isScalar(value) && !Array.isArray(value) ? (own(value, textKey) ?? '') : value;
}

function createWriter({ types }: CompiledOperation, issues: Issue[]) {
  const problem = (path: string, message: string) => issues.push({ path, message, keyword: 'soap' });

  const element = (of: SoapChild, value: JsonValue, path: string): string => {
    const name = qualified(of.name, of.ns);
    if (value === null) return of.nillable ? `<${name} xsi:nil="true"/>` : '';
    const type = types[of.type];
    if (type === undefined) throw new Error('The compiled operation has no such type');
    return type.kind === 'simple'
      ? `<${name}>${text(type, value, path)}</${name}>`
      : complex(name, type, value, path);
  };

  const complex = (
    name: string,
    type: Extract<SoapType, { kind: 'complex' }>,
    value: JsonValue,
    path: string,
  ): string => {
    // Text without attributes may be written as it is.
    const isText = type.text !== null && isScalar(value);
    if (!isText && (isScalar(value) || Array.isArray(value))) {
      problem(path, 'must be an object');
      return '';
    }
    const members = isText ? { [textKey]: value } : (value as { [key: string]: JsonValue });
    const known = new Set([
      ...type.children.map((each) => each.name),
      ...type.attributes.map((each) => attributeMark + each.name),
      ...(type.text === null ? [] : [textKey]),
    ]);
    for (const key of Object.keys(members))
      if (!known.has(key)) problem(pointer(path, key), 'is not part of the operation');
    const attributes = type.attributes.map((each) => {
      const at = attributeMark + each.name;
      const given = own(members, at);
      const simple = types[each.type];
      if (given === undefined || given === null || simple?.kind !== 'simple') {
        if (each.required) problem(pointer(path, at), 'is required by the WSDL');
        return '';
      }
      return ` ${qualified(each.name, each.ns)}="${text(simple, given, pointer(path, at))}"`;
    });
    const start = `<${name}${attributes.join('')}>`;
    const simple = type.text === null ? undefined : types[type.text];
    if (simple?.kind === 'simple')
      return `${start}${text(simple, own(members, textKey) ?? '', pointer(path, textKey))}</${name}>`;
    checkChoices(type.children, members, path);
    const children = type.children.map((each) =>
      child(each, own(members, each.name), pointer(path, each.name)),
    );
    return `${start}${children.join('')}</${name}>`;
  };

  const child = (of: SoapChild, value: JsonValue | undefined, path: string): string => {
    const missing = value === undefined || (value === null && !of.nillable);
    if (missing) {
      if (of.required) problem(path, 'is required by the WSDL');
      return '';
    }
    if (!of.many) return element(of, value, path);
    const items = Array.isArray(value) ? value : [value];
    return items.map((item, index) => element(of, item, pointer(path, index))).join('');
  };

  const checkChoices = (
    children: readonly SoapChild[],
    members: { [key: string]: JsonValue },
    path: string,
  ) => {
    const taken = new Map<number, [branch: number, name: string]>();
    for (const each of children) {
      if ((own(members, each.name) ?? null) === null) continue;
      for (const { group, branch } of each.choice ?? []) {
        const before = taken.get(group);
        if (before && before[0] !== branch)
          problem(pointer(path, each.name), `excludes ${before[1]}: the WSDL allows one of them`);
        taken.set(group, [branch, each.name]);
      }
    }
  };

  const text = (type: Extract<SoapType, { kind: 'simple' }>, value: JsonValue, path: string): string => {
    if (!isScalar(value)) {
      problem(path, 'must be text, a number or true or false');
      return '';
    }
    const written = asText(value);
    const fits = {
      string: () => true,
      base64: () => /^[A-Za-z0-9+/=\s]*$/.test(written),
      boolean: () => typeof value === 'boolean' || /^(?:true|false|0|1)$/.test(written),
      integer: () => /^[+-]?\d+$/.test(written),
      number: () =>
        isNumber(value) || /^(?:[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?|INF|-INF|NaN)$/.test(written),
    };
    if (!fits[type.of]()) problem(path, `must be ${words[type.of]}`);
    if (type.choices && !type.choices.includes(written))
      problem(path, `must be one of ${type.choices.slice(0, 10).join(', ')}`);
    if (!written.isWellFormed() || unwritable.test(written))
      problem(path, 'has a character that XML cannot carry');
    return escapeXml(written);
  };

  return { element };
}

const words = {
  string: 'text',
  base64: 'base64',
  boolean: 'true or false',
  integer: 'a whole number',
  number: 'a number',
};

// biome-ignore lint/suspicious/noControlCharactersInRegex: XML 1.0 has no other control characters
const unwritable = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/;

const qualified = (name: string, ns: number): string => (ns < 0 ? name : `n${ns}:${name}`);

const own = (members: { [key: string]: JsonValue }, key: string): JsonValue | undefined =>
  Object.hasOwn(members, key) ? members[key] : undefined;

const escapes: Record<string, string> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&apos;',
  '\r': '&#13;',
  '\n': '&#10;',
  '\t': '&#9;',
};

export const escapeXml = (text: string): string =>
  text.replace(/[&<>"'\r\n\t]/g, (char) => escapes[char] ?? char);
