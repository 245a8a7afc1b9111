import { isObject } from '../../../platform/schema-properties.ts';
import { headerNameProblem } from '../../../tools/http/headers.ts';
import { httpMethods } from '../../../tools/providers/http/config.ts';
import { type ImportedDocument, type ImportedOperation, ImportProblem } from '../../imported.ts';
import { createNames } from '../../naming.ts';
import { entriesOf, listOf, type Node, textOf } from './openapi/nodes.ts';

const callable = new Set<string>(httpMethods);
const maxItems = 5_000;

/** Variables of a collection: those with a value are put in, others become inputs. */
type Variables = ReadonlyMap<string, string>;

/**
 * A Postman collection (2.0 and 2.1): a tool of each request. The origin that most requests have becomes that of the
 * connector; requests to others have a URL of their own.
 * @throws ImportProblem
 */
export function readPostman(root: Node): ImportedDocument {
  const info = isObject(root.info) ? root.info : {};
  const variables = new Map(
    listOf(root.variable).flatMap((each) =>
      isObject(each) && textOf(each.key) !== '' && textOf(each.value) !== ''
        ? [[textOf(each.key), textOf(each.value)] as const]
        : [],
    ),
  );
  const requests = requestsOf(root, variables);
  const origins = requests.map(({ url }) => originOf(url));
  const baseUrl = mostFrequent(origins.filter((origin) => origin !== null));
  const auth = authOf(root.auth, variables);
  const nameFor = createNames();
  const title = textOf(info.name).trim().slice(0, 120) || 'Collection';
  return {
    title,
    connector: {
      kind: 'rest',
      title,
      description: textOf(info.description).slice(0, 1_000),
      baseUrl: baseUrl ?? '',
      auth: auth ?? { type: 'none' },
    },
    operations: requests.map((request) =>
      operationOf(request, { baseUrl, hasAuth: auth !== null, variables, nameFor }),
    ),
  };
}

interface Request {
  /** The folders and the name, unique. */
  key: string;
  title: string;
  folder: string;
  description: string;
  request: Node;
  /** With the variables that have values. */
  url: string;
}

function requestsOf(root: Node, variables: Variables): Request[] {
  const found: Request[] = [];
  const keys = new Set<string>();
  const visit = (items: unknown, folders: string[]): void => {
    for (const item of listOf(items)) {
      if (!isObject(item) || folders.length > 20) continue;
      const title = textOf(item.name).trim() || 'Request';
      if (item.item !== undefined) {
        visit(item.item, [...folders, title]);
        continue;
      }
      const request = typeof item.request === 'string' ? { url: item.request, method: 'GET' } : item.request;
      if (!isObject(request)) continue;
      if (found.length === maxItems)
        throw new ImportProblem(
          `The collection has more than ${maxItems} requests; split it and import the parts.`,
        );
      const path = [...folders, title].join(' / ');
      let key = path;
      for (let number = 2; keys.has(key); number++) key = `${path} (${number})`;
      keys.add(key);
      const raw = isObject(request.url) ? rawUrl(request.url) : textOf(request.url);
      found.push({
        key,
        title: title.slice(0, 120),
        folder: folders.join(' / ').slice(0, 64),
        description: textOf(
          isObject(request.description) ? request.description.content : request.description,
        ),
        request,
        url: absolute(put(raw.trim(), variables)),
      });
    }
  };
  visit(root.item, []);
  return found;
}

function rawUrl(url: Node): string {
  if (textOf(url.raw) !== '') return textOf(url.raw);
  const host = Array.isArray(url.host) ? url.host.map(textOf).join('.') : textOf(url.host);
  const path = Array.isArray(url.path) ? url.path.map(textOf).join('/') : textOf(url.path);
  return `${textOf(url.protocol) || 'https'}://${host}/${path}`;
}

const variable = /\{\{\s*([^{}]+?)\s*\}\}/g;

/** Puts the values of variables in, also those that values name. */
function put(text: string, variables: Variables, depth = 0): string {
  if (depth > 5) return text;
  const next = text.replace(variable, (whole, name: string) => variables.get(name) ?? whole);
  return next === text ? text : put(next, variables, depth + 1);
}

/** Postman sends to http where a URL does not say. */
const absolute = (url: string): string =>
  /^[a-z]+:\/\//i.test(url) || url.startsWith('{{') ? url : `http://${url}`;

function originOf(url: string): string | null {
  const written = /^(https?:\/\/[^/?#{}]+)/i.exec(url)?.[1];
  return written && URL.canParse(written) ? new URL(written).origin : null;
}

function mostFrequent(texts: readonly string[]): string | null {
  const counts = new Map<string, number>();
  for (const text of texts) counts.set(text, (counts.get(text) ?? 0) + 1);
  return [...counts].toSorted(([, one], [, other]) => other - one)[0]?.[0] ?? null;
}

interface Shared {
  baseUrl: string | null;
  hasAuth: boolean;
  variables: Variables;
  nameFor: (text: string) => string;
}

function operationOf(
  { key, title, folder, description, request, url }: Request,
  shared: Shared,
): ImportedOperation {
  const method = textOf(request.method).toUpperCase() || 'GET';
  const found = { key, method, title, name: shared.nameFor(key) };
  if (!callable.has(method))
    return { ...found, inputs: [], tool: null, notes: [`A tool cannot send ${method} requests`] };
  const inputs = new Map<string, Node>();
  const template = (text: string): string =>
    templateOf(put(text, shared.variables), (name) =>
      inputs.set(name, inputs.get(name) ?? { type: 'string' }),
    );
  const [target = '', queryText = ''] = url.split('#')[0]!.split(/\?(.*)/s);
  const base = shared.baseUrl !== null && originOf(target) === shared.baseUrl ? shared.baseUrl : null;
  const open = target.startsWith('{{') ? target.replace(/^\{\{[^{}]*\}\}/, '') : null;
  const rest = base ? target.slice(target.indexOf('/', target.indexOf('//') + 2) >>> 0) : open;
  const notes: string[] = [];
  if (rest === null && originOf(target) === null)
    return { ...found, inputs: [], tool: null, notes: ['Its URL has no fixed host'] };
  const path = template((rest ?? target).replace(/\/:([A-Za-z_][\w-]*)/g, '/{{$1}}')).replace(/\s/g, '%20');
  const query = Object.fromEntries(
    [...new URLSearchParams(braceSafe(queryText))].map(([name, value]) => [name, template(value)]),
  );
  const headers = Object.fromEntries(
    listOf(request.header).flatMap((each) => {
      if (!isObject(each) || each.disabled === true) return [];
      const name = textOf(each.key).trim();
      const own = ['content-type', 'authorization', 'accept-encoding', 'user-agent', 'cookie'];
      if (own.includes(name.toLowerCase()) || headerNameProblem(name) !== null) return [];
      return [[name, template(textOf(each.value))] as const];
    }),
  );
  const body = method === 'GET' || method === 'HEAD' ? {} : bodyOf(request.body, template, inputs, notes);
  const tool = {
    name: found.name,
    title,
    description: description.slice(0, 4096),
    category: 'general',
    tags: folder === '' ? [] : [folder],
    type: 'http',
    inputSchema: {
      type: 'object',
      properties: Object.fromEntries(inputs),
      required: [...inputs.keys()],
      additionalProperties: false,
    },
    auth: { type: rest !== null && shared.hasAuth ? 'inherit' : 'none' },
    config: {
      method,
      ...(rest === null ? { url: path } : { path: path === '' || /^[/?]/.test(path) ? path : `/${path}` }),
      ...(Object.keys(query).length > 0 && { query }),
      ...(Object.keys(headers).length > 0 && { headers }),
      ...body,
    },
  };
  return { ...found, inputs: [...inputs.keys()], tool, notes };
}

/** The variables that are left become inputs; other braces stay as they are. */
function templateOf(text: string, onInput: (name: string) => void): string {
  return text
    .split(/(\{\{\s*[^{}]+?\s*\}\})/)
    .map((part, index) => {
      if (index % 2 === 0) return part.replaceAll('{', '{{').replaceAll('}', '}}');
      const name = part
        .slice(2, -2)
        .trim()
        .replace(/[^\w.-]/g, '_');
      onInput(name);
      return `{${name}}`;
    })
    .join('');
}

/** Plus signs stay themselves where a variable is spelled with braces. */
const braceSafe = (query: string): string => query.replace(variable, (whole) => encodeURIComponent(whole));

function bodyOf(
  body: unknown,
  template: (text: string) => string,
  inputs: Map<string, Node>,
  notes: string[],
): Record<string, unknown> {
  if (!isObject(body)) return {};
  const mode = textOf(body.mode);
  if (mode === 'urlencoded' || mode === 'formdata') {
    const fields = listOf(body[mode]).filter(
      (each): each is Node => isObject(each) && each.disabled !== true,
    );
    const named = fields.filter((each) => textOf(each.key) !== '');
    const entries = named.map((each) => {
      const name = textOf(each.key);
      if (each.type !== 'file') return [name, template(textOf(each.value))];
      inputs.set(name, {
        type: 'object',
        properties: {
          data: { type: 'string', description: 'The bytes, in base64.' },
          filename: { type: 'string' },
        },
        required: ['data'],
      });
      return [name, `{${name}}`];
    });
    return { bodyType: mode === 'urlencoded' ? 'form' : 'multipart', body: Object.fromEntries(entries) };
  }
  if (mode === 'graphql' && isObject(body.graphql)) {
    return { body: { query: template(textOf(body.graphql.query)) } };
  }
  const raw = textOf(body.raw);
  if (mode !== 'raw' || raw.trim() === '') return {};
  const parsed = parsedJson(raw);
  if (parsed === undefined) return { bodyType: 'text', body: template(raw) };
  notes.push('Its example body is sent. Replace its values by inputs where they change');
  return { body: mapTexts(parsed, template) };
}

/** JSON in which variables may stand without quotes. */
function parsedJson(raw: string): unknown {
  for (const text of [raw, raw.replace(/(:\s*)(\{\{[^{}"]+\}\})/g, '$1"$2"')]) {
    try {
      return JSON.parse(text);
    } catch {
      // The next spelling.
    }
  }
  return undefined;
}

function mapTexts(value: unknown, map: (text: string) => string): unknown {
  if (typeof value === 'string') return map(value);
  if (Array.isArray(value)) return value.map((each) => mapTexts(each, map));
  return isObject(value)
    ? Object.fromEntries(Object.entries(value).map(([key, each]) => [key, mapTexts(each, map)]))
    : value;
}

/** Null: none that a connector can have. Values of a collection are secrets, and not taken over. */
function authOf(auth: unknown, variables: Variables): Record<string, unknown> | null {
  if (!isObject(auth)) return null;
  const type = textOf(auth.type);
  const listed = auth[type];
  const values = new Map(
    Array.isArray(listed)
      ? listed.flatMap((each) => (isObject(each) ? [[textOf(each.key), textOf(each.value)] as const] : []))
      : entriesOf(listed).map(([key, value]) => [key, textOf(value)] as const),
  );
  const value = (key: string) => put(values.get(key) ?? '', variables);
  if (type === 'bearer' || type === 'oauth2') return { type: 'bearer' };
  if (type === 'basic')
    return { type: 'basic', ...(/^[^{}]+$/.test(value('username')) && { username: value('username') }) };
  const name = value('key');
  if (type !== 'apikey' || name === '') return null;
  return { type: 'api_key', in: value('in') === 'query' ? 'query' : 'header', name };
}
