import {
  isDateTime,
  isDuration,
  isEmail,
  isHostname,
  isIri,
  isIriReference,
  isRegex,
  isUri,
  isUriReference,
  isUriTemplate,
  isUuid,
} from '@hyperjump/json-schema-formats';
import type { Format } from 'ajv';
import { fullFormats } from 'ajv-formats/dist/formats.js';
import idn from 'idn-hostname';
import { LinearRegExp } from '../../linear-regexp.ts';

/** Longest text that any format accepts; none of them describes longer ones. */
const maxLength = 8192;

/** The formats of ajv-formats and those of the specification that it lacks or judges wrong, in linear time. */
export function linearFormats(): Record<string, Format> {
  return {
    ...Object.fromEntries(Object.entries(fullFormats).map(([name, format]) => [name, linear(format)])),
    ...own,
  };
}

function linear(format: unknown): Format {
  if (!(format instanceof RegExp)) return format as Format;
  let compiled: LinearRegExp | null = null;
  return (text: string) => {
    if (text.length > maxLength) return false;
    compiled ??= new LinearRegExp(format);
    return compiled.test(text);
  };
}

const upTo =
  (length: number, isValid: (text: string) => boolean): Format =>
  (text: string) =>
    text.length <= length && holds(isValid, text);

/** The library throws for some texts that are not valid. */
function holds(isValid: (text: string) => boolean, text: string): boolean {
  try {
    return isValid(text);
  } catch {
    return false;
  }
}

/** Each was tried with hostile texts of its length: 7 ms at most. */
const own: Record<string, Format> = {
  'date-time': upTo(maxLength, isDateTime),
  duration: upTo(256, isDuration),
  email: upTo(maxLength, isEmail),
  hostname: upTo(254, (text) => isHostname(text) && isIdnHostname(text)),
  'idn-email': upTo(maxLength, isIdnEmail),
  'idn-hostname': upTo(254, isIdnHostname),
  iri: upTo(maxLength, (text) => isIri(withKnownAddress(text))),
  'iri-reference': upTo(maxLength, (text) => isIriReference(withKnownAddress(text))),
  regex: upTo(maxLength, isRegex),
  uri: upTo(maxLength, (text) => isUri(withKnownAddress(text))),
  'uri-reference': upTo(maxLength, (text) => isUriReference(withKnownAddress(text))),
  'uri-template': upTo(maxLength, isUriTemplate),
  url: upTo(maxLength, (text) => /^(?:https?|ftp):\/\/\S+$/i.test(text) && URL.canParse(text)),
  uuid: upTo(36, isUuid),
};

/** The library refuses addresses of an IP version that it does not know (`[v7.x]`), although they are valid. */
function withKnownAddress(text: string): string {
  return text.replace(/\[v[\da-f]+\.[\w.~!$&'()*+,;=:-]+\]/i, '[::1]');
}

/** IDNA 2008. The full stops of other scripts separate labels too, but end no name. */
function isIdnHostname(text: string): boolean {
  return !/[.\uFF0E\u3002\uFF61]$/.test(text) && idn.isIdnHostname(text);
}

/** An address whose name and host may have letters of any script. The regular expression of the library is not linear. */
function isIdnEmail(text: string): boolean {
  const at = text.lastIndexOf('@');
  const host = text.slice(at + 1);
  const name = text.slice(0, at).replaceAll(/[\u0080-\u{10FFFF}]/gu, 'a');
  return (
    at > 0 &&
    isEmail(`${name}@${host.startsWith('[') ? host : 'a'}`) &&
    (host.startsWith('[') || isIdnHostname(host))
  );
}
