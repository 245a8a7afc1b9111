import type { Format } from 'ajv';
import { fullFormats } from 'ajv-formats/dist/formats.js';
import { LinearRegExp } from '../../linear-regexp.ts';

/** Longest text that any format accepts; none of them describes longer ones. */
const maxLength = 8192;

/** The formats of ajv-formats, in linear time. */
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

/** Formats whose expression uses look-ahead, which the linear engine does not support. */
const own: Record<string, Format> = {
  url: (text: string) =>
    text.length <= maxLength && /^(?:https?|ftp):\/\/\S+$/i.test(text) && URL.canParse(text),
  uri: (text: string) =>
    text.length <= maxLength &&
    /^[a-z][a-z0-9+.-]*:[!-;=?-[\]_a-z~#]+$/i.test(text) &&
    !/%(?![0-9a-f]{2})/i.test(text),
  duration: (text: string) => text.length <= 256 && isDuration(text),
  hostname: (text: string) => text.length <= 254 && isHostname(text),
};

function isDuration(text: string): boolean {
  const match = /^P(?:(\d+W)|((?:\d+Y)?(?:\d+M)?(?:\d+D)?)(T(?:\d+H)?(?:\d+M)?(?:\d+S)?)?)$/.exec(text);
  if (!match) return false;
  const [, weeks, date, time] = match;
  return weeks !== undefined || (time === undefined ? date !== '' : time !== 'T');
}

function isHostname(text: string): boolean {
  const labels = text.replace(/\.$/, '').split('.');
  return labels.every((label) => /^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/i.test(label));
}
