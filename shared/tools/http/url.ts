import type { Issue } from '../../platform/error-codes.ts';
import { isScalar, type JsonObject, type JsonValue } from '../../platform/json.ts';
import {
  asText,
  inputNamed,
  parseTemplate,
  renderText,
  TemplateSyntaxError,
  templateNames,
} from '../template.ts';
import { checkUrlSecrets } from './literal-secrets.ts';

/** The parts of an absolute URL template. Only path and query may hold templates. */
interface UrlTemplate {
  /** `https://host:port`, literal. */
  origin: string;
  path: string;
  /** `[key, value]` templates of the query in the URL itself. */
  query: [string, string | null][];
}

function splitUrl(template: string): UrlTemplate | null {
  const match = /^(https?:\/\/[^/?#\\]*)([^?#]*)(?:\?([^#]*))?$/i.exec(template);
  if (!match) return null;
  return { origin: match[1]!, path: match[2]!, query: splitQuery(match[3] ?? '') };
}

function splitQuery(query: string): UrlTemplate['query'] {
  return query
    .split('&')
    .filter((pair) => pair !== '')
    .map((pair) => {
      const at = pair.indexOf('=');
      return at < 0 ? [pair, null] : [pair.slice(0, at), pair.slice(at + 1)];
    });
}

/** Problems of an absolute URL that may hold templates in path and query. */
export function checkUrl(url: string, path: string): Issue[] {
  const problem = urlProblem(url);
  if (problem) return [{ path, message: problem, keyword: 'url' }];
  if (authorityOf(url).includes('@')) {
    const message = 'The URL must not contain a user name or password. Put it under auth';
    return [{ path, message, keyword: 'secret' }];
  }
  return checkUrlSecrets(url, path);
}

function urlProblem(url: string): string | null {
  if (hasControlOrSpace(url)) return 'The URL must not contain spaces or control characters';
  if (url.includes('\\')) return 'The URL must not contain a backslash';
  if (!/^https?:\/\//i.test(url)) return 'The URL must start with http:// or https://';
  if (url.includes('#')) return 'The URL must not have a fragment (#…)';
  const parts = splitUrl(url);
  if (!parts) return 'Invalid URL';
  if (/[{}]/.test(parts.origin)) return 'The host and port of the URL must not contain a template';
  return (
    pathProblem(parts.path + parts.query.map(([key, value]) => `${key}=${value ?? ''}`).join('&')) ??
    (canParse(parts) ? null : 'Invalid URL')
  );
}

/** Problems of a connector tool's `path`, which starts with `/`, is empty, or is only a query. */
export function checkPath(value: string, path: string): Issue[] {
  const problem = relativePathProblem(value);
  return problem ? [{ path, message: problem, keyword: 'url' }] : checkUrlSecrets(value, path);
}

function relativePathProblem(value: string): string | null {
  if (hasControlOrSpace(value)) return 'The path must not contain spaces or control characters';
  if (value.includes('\\')) return 'The path must not contain a backslash';
  if (value !== '' && !/^[/?]/.test(value)) return 'The path must start with "/"';
  if (value.startsWith('//')) return 'The path must not start with "//"';
  if (value.includes('#')) return 'The path must not have a fragment (#…)';
  return pathProblem(value);
}

/** Problems of a connector's base URL: absolute, fixed, without a query. */
export function checkBaseUrl(url: string, path: string): Issue[] {
  const found = checkUrl(url, path);
  if (found.length > 0) return found;
  const message = url.includes('?')
    ? 'The base URL must not have a query'
    : /[{}]/.test(url)
      ? 'The base URL must not contain a template'
      : null;
  return message ? [{ path, message, keyword: 'url' }] : [];
}

/** Problems of the URL of an endpoint that takes every call: absolute and fixed. */
export function checkEndpoint(url: string, path: string): Issue[] {
  const found = checkUrl(url, path);
  if (found.length > 0 || !/[{}]/.test(url)) return found;
  return [{ path, message: 'The URL must not contain a template', keyword: 'url' }];
}

function authorityOf(url: string): string {
  return /^[a-z]+:\/\/([^/?#]*)/i.exec(url)?.[1] ?? '';
}

/** `host:port` of a URL whose host is fixed; what follows it may hold templates. Null when it is no URL. */
export function hostPortOf(url: string): string | null {
  const authority = /^(https?):\/\/([^/?#]+)/i.exec(url);
  if (!authority) return null;
  const parsed = new URL(`${authority[1]}://${authority[2]}/`);
  return `${parsed.hostname}:${parsed.port || (parsed.protocol === 'https:' ? 443 : 80)}`;
}

/** A connector's base URL and a tool's path as one URL template. */
export function joinUrl(baseUrl: string, path: string): string {
  if (path === '' || path.startsWith('?')) return baseUrl + path;
  return `${baseUrl.replace(/\/+$/, '')}${path}`;
}

function pathProblem(text: string): string | null {
  try {
    parseTemplate(text);
  } catch (error) {
    if (error instanceof TemplateSyntaxError) return error.message;
    throw error;
  }
  const dotSegment = text.split(/[/?]/).some((segment) => isDotSegment(segment));
  return dotSegment ? 'The URL must not contain "." or ".." segments' : null;
}

function canParse(parts: UrlTemplate): boolean {
  if (!URL.canParse(parts.origin)) return false;
  return new URL(parts.origin).hostname !== '';
}

/** Keys of the query in the URL itself. */
export function urlQueryKeys(url: string): string[] {
  const query = splitQuery(/\?([^#]*)/.exec(url)?.[1] ?? '');
  return query.map(([key]) => {
    try {
      return decodeURIComponent(key.replaceAll('+', ' '));
    } catch {
      return key;
    }
  });
}

/** A value that its place in the URL cannot take. `message` completes a sentence that starts with the input's name. */
export class UrlValueError extends Error {
  readonly inputName: string;

  constructor(inputName: string, message: string) {
    super(message);
    this.name = 'UrlValueError';
    this.inputName = inputName;
  }
}

/** The names of the inputs that a URL template uses, each once. */
export function urlTemplateNames(url: string): string[] {
  const at = url.indexOf('?');
  const path = parseTemplate(at < 0 ? url : url.slice(0, at)).flatMap((part) =>
    'name' in part ? [pathInput(part.name).name] : [],
  );
  return [...new Set([...path, ...templateNames(at < 0 ? '' : url.slice(at))])];
}

/** In a path, `{+name}` takes several segments (RFC 6570, reserved expansion). */
function pathInput(name: string): { name: string; segments: boolean } {
  return name.length > 1 && name.startsWith('+')
    ? { name: name.slice(1), segments: true }
    : { name, segments: false };
}

/** A parameter to add to a query. The values of a list stand between commas. */
export type QueryPair = [name: string, value: string | string[]];

/**
 * Renders a checked URL template and adds `query`. Every input is percent-encoded; a value that would change the
 * shape of the path (empty, `.`, `..`, a slash without `{+name}`) is refused.
 * @throws UrlValueError
 */
export function renderUrl(template: string, inputs: JsonObject, query: QueryPair[]): string {
  const parts = splitUrl(template);
  if (!parts) throw new Error('The URL of a tool must be checked before it is rendered');
  const path = parts.path
    .split('/')
    .map((segment) => renderSegment(segment, inputs))
    .join('/');
  const own = parts.query.flatMap(([key, value]) => renderPair(key, value, inputs));
  const added = query.map(([key, value]) => `${encode(key)}=${[value].flat().map(encode).join(',')}`);
  const search = [...own, ...added].join('&');
  return new URL(parts.origin + path + (search === '' ? '' : `?${search}`)).href;
}

function renderSegment(template: string, inputs: JsonObject): string {
  let text = '';
  let last: string | null = null;
  for (const part of parseTemplate(template)) {
    if ('literal' in part) {
      text += part.literal;
      continue;
    }
    const { name, segments } = pathInput(part.name);
    last = name;
    text += pathValue(name, inputNamed(inputs, name), segments);
  }
  if (last !== null && text.split('/').some(isDotSegment))
    throw new UrlValueError(last, 'must not be "." or ".." in the URL path');
  return text;
}

function pathValue(name: string, value: JsonValue | undefined, segments: boolean): string {
  if (value === undefined || value === null) throw new UrlValueError(name, 'is required for the URL path');
  if (!isScalar(value))
    throw new UrlValueError(name, 'must be text or a number because it is part of the URL path');
  if (value === '') throw new UrlValueError(name, 'must not be empty because it is part of the URL path');
  const text = asText(value);
  const refused = /\\|%(?:25)*(?:2f|5c)/i.exec(text)?.[0] ?? (segments ? undefined : /\//.exec(text)?.[0]);
  if (refused === '/') {
    throw new UrlValueError(
      name,
      `must not contain / because it is one segment of the URL path; a template with {+${name}} allows it`,
    );
  }
  if (refused !== undefined) throw new UrlValueError(name, `must not contain ${refused} in the URL path`);
  // Some servers decode a path twice.
  if (text.split('/').some((segment) => isDotSegment(segment.replace(/%(?:25)+/g, '%'))))
    throw new UrlValueError(name, 'must not be "." or ".." in the URL path');
  if (!segments) return encodeFor(name, text);
  return encodeFor(name, text).replace(/%(?:2F|3A|40|24|26|2B|2C|3D)/g, decodeURIComponent);
}

function renderPair(key: string, value: string | null, inputs: JsonObject): string[] {
  const encodeInput = (input: JsonValue, name: string) => encodeFor(name, asText(input));
  const renderedKey = renderText(key, inputs, encodeInput);
  const renderedValue = value === null ? null : renderText(value, inputs, encodeInput);
  if (renderedKey === undefined || renderedValue === undefined) return [];
  return [renderedValue === null ? renderedKey : `${renderedKey}=${renderedValue}`];
}

function encodeFor(name: string, text: string): string {
  if (!text.isWellFormed()) throw new UrlValueError(name, 'contains an invalid character');
  return encode(text);
}

function encode(text: string): string {
  return encodeURIComponent(text.toWellFormed());
}

function isDotSegment(segment: string): boolean {
  return /^(?:\.|%2e){1,2}$/i.test(segment);
}

function hasControlOrSpace(text: string): boolean {
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code <= 0x20 || code === 0x7f) return true;
  }
  return false;
}
