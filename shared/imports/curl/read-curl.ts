import { headerNameProblem } from '../../tools/http/headers.ts';
import { httpMethods } from '../../tools/providers/http/config.ts';
import { type ImportedDocument, ImportProblem } from '../imported.ts';
import { toName } from '../naming.ts';
import { splitShell } from './split-shell.ts';

const callable = new Set<string>(httpMethods);

/** Options of curl that take a value and change nothing that a tool sends. */
const ignoredWithValue = new Set([
  '-o',
  '--output',
  '-m',
  '--max-time',
  '--connect-timeout',
  '--retry',
  '-w',
  '--write-out',
  '-A',
  '--user-agent',
  '-e',
  '--referer',
  '--retry-delay',
  '-c',
  '--cookie-jar',
  '--limit-rate',
]);
const values = new Set([
  '-X',
  '--request',
  '-H',
  '--header',
  '-d',
  '--data',
  '--data-raw',
  '--data-ascii',
  '--data-binary',
  '--data-urlencode',
  '--json',
  '-F',
  '--form',
  '--form-string',
  '-u',
  '--user',
  '-b',
  '--cookie',
  '--url',
  '--url-query',
  '--oauth2-bearer',
]);

interface Command {
  method: string | null;
  url: string | null;
  headers: [name: string, value: string][];
  data: string[];
  json: boolean;
  form: [name: string, value: string][];
  user: string | null;
  bearer: string | null;
  query: string[];
  asQuery: boolean;
  head: boolean;
  notes: string[];
}

/**
 * A `curl` command as one tool and its connector. Its credential (`-u`, an Authorization header, a header or parameter
 * that is named as a key) becomes the kind of auth; the value itself is not kept.
 * @throws ImportProblem
 */
export function readCurl(text: string): ImportedDocument {
  const command = parse(splitShell(text));
  if (!command.url) throw new ImportProblem('The command has no URL.');
  const url = URL.parse(/^[a-z]+:\/\//i.test(command.url) ? command.url : `https://${command.url}`);
  if (!url || !/^https?:$/.test(url.protocol))
    throw new ImportProblem('The URL of the command must start with http:// or https://.');
  const hasBody = command.data.length > 0 || command.form.length > 0;
  const method = command.method ?? (command.head ? 'HEAD' : hasBody && !command.asQuery ? 'POST' : 'GET');
  if (!callable.has(method)) throw new ImportProblem(`A tool cannot send ${method} requests.`);
  const auth = authOf(command, url);
  const headers = command.headers.filter(
    ([name]) =>
      headerNameProblem(name) === null &&
      !dropped.has(name.toLowerCase()) &&
      name.toLowerCase() !== auth.header,
  );
  const contentType = command.headers.find(([name]) => name.toLowerCase() === 'content-type')?.[1] ?? null;
  const query = [
    ...url.searchParams,
    ...[...command.query, ...(command.asQuery ? command.data : [])].flatMap((each) => [
      ...new URLSearchParams(each),
    ]),
  ].filter(([name]) => name !== auth.parameter);
  const body = method === 'GET' || method === 'HEAD' || command.asQuery ? {} : bodyOf(command, contentType);
  const path = decodeSafely(url.pathname);
  const title = `${method} ${path}`.slice(0, 120);
  const name = toName(`${method} ${path === '/' ? url.hostname : path}`, 'request');
  return {
    title: url.hostname,
    connector: { kind: 'rest', title: url.hostname, description: '', baseUrl: url.origin, auth: auth.auth },
    operations: [
      {
        key: `${method} ${url.pathname}`,
        method,
        title,
        name,
        inputs: [],
        notes: command.notes,
        tool: {
          name,
          title,
          description: '',
          category: 'general',
          tags: [],
          type: 'http',
          inputSchema: { type: 'object', properties: {}, additionalProperties: false },
          auth: { type: auth.auth.type === 'none' ? 'none' : 'inherit' },
          config: {
            method,
            path: literal(url.pathname === '/' && command.url.endsWith(url.host) ? '' : url.pathname),
            ...(query.length > 0 && { query: grouped(query) }),
            ...(headers.length > 0 && {
              headers: Object.fromEntries(headers.map(([key, value]) => [key, literal(value)])),
            }),
            ...body,
          },
        },
      },
    ],
  };
}

const dropped = new Set(['content-type', 'accept-encoding', 'user-agent', 'cookie']);

function parse(words: readonly string[]): Command {
  const command: Command = {
    method: null,
    url: null,
    headers: [],
    data: [],
    json: false,
    form: [],
    user: null,
    bearer: null,
    query: [],
    asQuery: false,
    head: false,
    notes: [],
  };
  const rest = words.slice(words[0] === '$' ? 1 : 0);
  if (rest[0] !== 'curl') throw new ImportProblem('The command must start with curl.');
  for (let at = 1; at < rest.length; at++) {
    const [option, attached] = optionOf(rest[at]!);
    if (values.has(option) || ignoredWithValue.has(option)) {
      const value = attached ?? rest[++at];
      if (value === undefined) throw new ImportProblem(`The option ${option} has no value.`);
      take(command, option, value);
    } else if (option === '-G' || option === '--get') command.asQuery = true;
    else if (option === '-I' || option === '--head') command.head = true;
    else if (!option.startsWith('-') || option === '-') {
      if (command.url) throw new ImportProblem('The command has two URLs. Import them one by one.');
      command.url = rest[at]!;
    }
  }
  return command;
}

/** `-XPOST` and `--request=POST` hold their value; `-sSL` is three options without one. */
function optionOf(word: string): [option: string, value: string | undefined] {
  const long = /^(--[\w-]+)=(.*)$/s.exec(word);
  if (long) return [long[1]!, long[2]];
  const short = /^(-[A-Za-z])(.+)$/s.exec(word);
  if (short && (values.has(short[1]!) || ignoredWithValue.has(short[1]!))) return [short[1]!, short[2]];
  return [word, undefined];
}

function take(command: Command, option: string, value: string): void {
  switch (option) {
    case '-X':
    case '--request':
      command.method = value.toUpperCase();
      return;
    case '--url':
      command.url = value;
      return;
    case '-H':
    case '--header': {
      const at = value.indexOf(':');
      if (at > 0) command.headers.push([value.slice(0, at).trim(), value.slice(at + 1).trim()]);
      return;
    }
    case '--json':
      command.json = true;
      addData(command, value);
      return;
    case '-d':
    case '--data':
    case '--data-raw':
    case '--data-ascii':
    case '--data-binary':
      addData(command, value, option === '--data-raw');
      return;
    case '--data-urlencode': {
      const at = value.indexOf('=');
      command.data.push(
        at < 0
          ? encodeURIComponent(value)
          : `${value.slice(0, at + 1)}${encodeURIComponent(value.slice(at + 1))}`,
      );
      return;
    }
    case '-F':
    case '--form':
    case '--form-string': {
      const at = value.indexOf('=');
      command.form.push([value.slice(0, at), value.slice(at + 1)]);
      return;
    }
    case '-u':
    case '--user':
      command.user = value;
      return;
    case '--oauth2-bearer':
      command.bearer = value;
      return;
    case '--url-query':
      command.query.push(value);
      return;
    case '-b':
    case '--cookie':
      command.notes.push('Its cookies are not taken over');
  }
}

function addData(command: Command, value: string, raw = false): void {
  if (value.startsWith('@') && !raw) {
    command.notes.push(`The file ${value.slice(1)} is not read: write the body yourself`);
    return;
  }
  command.data.push(value);
}

interface FoundAuth {
  auth: Record<string, unknown>;
  /** Lower case: the header that the auth sets. */
  header: string | null;
  parameter: string | null;
}

const keyName =
  /^(?:x-)?(?:authorization|api[-_]?key|apikey|auth[-_]?token|access[-_]?token|token|key|app[-_]?key|client[-_]?secret)$/i;

/** The auth with its secret: it goes to the vault with the connector, and is shown nowhere. */
function authOf({ user, bearer, headers }: Command, url: URL): FoundAuth {
  const authorization = (auth: Record<string, unknown>): FoundAuth => ({
    auth,
    header: 'authorization',
    parameter: null,
  });
  const basic = (pair: string): FoundAuth => {
    const at = pair.indexOf(':');
    const [username, password] = at < 0 ? [pair, ''] : [pair.slice(0, at), pair.slice(at + 1)];
    return authorization({ type: 'basic', username, ...(password !== '' && { password }) });
  };
  if (user !== null) return basic(user);
  if (bearer !== null) return authorization({ type: 'bearer', token: bearer });
  const [, scheme = '', rest = ''] =
    /^(\S+)\s+(.*)$/s.exec(headers.find(([name]) => name.toLowerCase() === 'authorization')?.[1] ?? '') ?? [];
  if (scheme.toLowerCase() === 'bearer') return authorization({ type: 'bearer', token: rest });
  if (scheme.toLowerCase() === 'basic') return basic(decodeBase64(rest));
  const header = headers.find(([name]) => keyName.test(name));
  if (header) {
    const [name, value] = header;
    return {
      auth: { type: 'api_key', in: 'header', name, value },
      header: name.toLowerCase(),
      parameter: null,
    };
  }
  const parameter = [...url.searchParams].find(([name]) => keyName.test(name));
  if (parameter) {
    const [name, value] = parameter;
    return { auth: { type: 'api_key', in: 'query', name, value }, header: null, parameter: name };
  }
  return { auth: { type: 'none' }, header: null, parameter: null };
}

/** Empty for what is no base64. */
function decodeBase64(text: string): string {
  try {
    return new TextDecoder().decode(Uint8Array.from(atob(text), (char) => char.charCodeAt(0)));
  } catch {
    return '';
  }
}

function bodyOf(command: Command, contentType: string | null): Record<string, unknown> {
  if (command.form.length > 0)
    return {
      bodyType: 'multipart',
      body: Object.fromEntries(command.form.map(([name, value]) => [name, literal(value)])),
    };
  if (command.data.length === 0) return {};
  const text = command.data.join('&');
  const type = contentType?.toLowerCase() ?? null;
  const json = parsed(text);
  const isJson = command.json || type?.includes('json') || (type === null && json !== undefined);
  if (isJson && json !== undefined) return { body: literals(json) };
  if (type === null || type.includes('x-www-form-urlencoded'))
    return { bodyType: 'form', body: grouped([...new URLSearchParams(text)]) };
  return { bodyType: 'text', body: literal(text), headers: { 'content-type': contentType! } };
}

function parsed(text: string): unknown {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? value : undefined;
  } catch {
    return undefined;
  }
}

/** Braces of a command are no templates. */
const literal = (text: string): string => text.replaceAll('{', '{{').replaceAll('}', '}}');

function literals(value: unknown): unknown {
  if (typeof value === 'string') return literal(value);
  if (Array.isArray(value)) return value.map(literals);
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, literals(each)]));
}

function grouped(pairs: readonly [string, string][]): Record<string, string | string[]> {
  const found = new Map<string, string[]>();
  for (const [name, value] of pairs) found.set(name, [...(found.get(name) ?? []), literal(value)]);
  return Object.fromEntries([...found].map(([name, list]) => [name, list.length === 1 ? list[0]! : list]));
}

function decodeSafely(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
