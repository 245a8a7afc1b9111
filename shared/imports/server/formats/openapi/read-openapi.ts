import { isObject } from '../../../../platform/schema-properties.ts';
import { checkBaseUrl } from '../../../../tools/http/url.ts';
import { httpMethods } from '../../../../tools/providers/http/config.ts';
import type { ImportedDocument, ImportedOperation } from '../imported.ts';
import { ImportProblem } from '../imported.ts';
import { createNames } from '../naming.ts';
import { createSchemaConverter } from './convert-schema.ts';
import { createInputs } from './inputs.ts';
import { entriesOf, isSwagger2, listOf, type Node, nodeAt, nodesOf, textOf } from './nodes.ts';
import { readBody } from './read-body.ts';
import { readParameters } from './read-parameters.ts';
import { readSecurity, type Security } from './read-security.ts';
import { responseTypeOf } from './response-type.ts';

const verbs = ['get', 'head', 'post', 'put', 'patch', 'delete', 'options', 'trace'];
const callable = new Set<string>(httpMethods);
const maxOperations = 5_000;

interface Place {
  key: string;
  method: string;
  path: string;
  item: Node;
  operation: Node;
}

/**
 * OpenAPI 3.0 and 3.1, and Swagger 2: one connector with the server and the auth of the document, and a tool of each operation.
 * @param sourceUrl where the document was found; servers may be relative to it
 * @throws ImportProblem
 */
export function readOpenApi(root: Node, sourceUrl: string | null): ImportedDocument {
  const places = placesOf(root);
  const info = isObject(root.info) ? root.info : {};
  const title = textOf(info.title).trim().slice(0, 120) || 'API';
  const security = readSecurity(
    root,
    places.map(({ operation }) => operation),
  );
  const baseUrl = baseUrlOf(root, sourceUrl);
  const nameFor = createNames();
  return {
    title,
    connector: {
      kind: 'rest',
      title,
      description: textOf(info.description).slice(0, 1_000),
      baseUrl: baseUrl ?? '',
      auth: security.primary?.auth ?? { type: 'none' },
    },
    operations: places.map((place) => operationOf(root, place, security, nameFor)),
  };
}

function placesOf(root: Node): Place[] {
  const places = entriesOf(root.paths).flatMap(([path, each]) => {
    const item = nodeAt(root, each);
    if (!item) return [];
    return verbs.flatMap((verb) => {
      const operation = nodeAt(root, item[verb]);
      const method = verb.toUpperCase();
      return operation ? [{ key: `${method} ${path}`, method, path, item, operation }] : [];
    });
  });
  if (places.length > maxOperations)
    throw new ImportProblem(
      `The document has ${places.length} operations; at most ${maxOperations} can be read at once.`,
    );
  return places;
}

function operationOf(
  root: Node,
  place: Place,
  security: Security,
  nameFor: (text: string) => string,
): ImportedOperation {
  const { key, method, operation } = place;
  const title = (textOf(operation.summary) || textOf(operation.operationId) || key).trim().slice(0, 120);
  const name = nameFor(textOf(operation.operationId) || `${method} ${place.path.replace(/[{}]/g, '')}`);
  const found = { key, method, title, name };
  if (!callable.has(method))
    return { ...found, inputs: [], tool: null, notes: [`A tool cannot send ${method} requests`] };
  if (hasOtherServer(root, place))
    return {
      ...found,
      inputs: [],
      tool: null,
      notes: ['It has a server of its own. Make a tool with its URL'],
    };
  const { auth, notes } = security.ofOperation(operation);
  const inputs = createInputs();
  const converter = createSchemaConverter(root, 'input');
  const listed = [...listOf(place.item.parameters), ...listOf(operation.parameters)];
  const placement = auth.type === 'inherit' ? (security.primary?.placement ?? null) : null;
  const parameters = readParameters({ root, path: place.path, listed, inputs, converter, auth: placement });
  const hasBody = method !== 'GET' && method !== 'HEAD';
  const body = hasBody
    ? readBody(root, operation, listed, { inputs, converter, whole: method === 'DELETE' })
    : null;
  if (converter.foreign().length > 0)
    notes.push(
      `It refers to another document (${converter.foreign()[0]}), which is not read: what it describes is not checked`,
    );
  if (converter.shortened()) notes.push('Its schema is too large: parts of the input are not checked');
  if (operation.deprecated === true) notes.push('The provider calls it deprecated');
  const outputSchema = outputOf(root, operation, method);
  const tool = {
    name,
    title,
    description: (textOf(operation.description) || textOf(operation.summary)).slice(0, 4096),
    category: 'general',
    tags: [...new Set(listOf(operation.tags).flatMap((tag) => textOf(tag).trim().slice(0, 64) || []))].slice(
      0,
      32,
    ),
    type: 'http',
    inputSchema: inputs.schema(converter),
    ...(outputSchema && { outputSchema }),
    auth,
    ...(parameters.idempotencyKey && { idempotent: true }),
    config: {
      method,
      path: parameters.path,
      ...(Object.keys(parameters.query).length > 0 && { query: parameters.query }),
      ...(Object.keys(parameters.queryStyles).length > 0 && { queryStyles: parameters.queryStyles }),
      ...headersOf({ ...parameters.headers, ...body?.headers }),
      ...(body && body.bodyType !== 'json' && { bodyType: body.bodyType }),
      ...(body?.body !== undefined && { body: body.body }),
      ...(method !== 'HEAD' && responseTypeOf(root, operation)),
    },
  };
  return {
    ...found,
    inputs: inputs.names(),
    tool,
    notes: [...notes, ...parameters.notes, ...(body?.notes ?? [])],
  };
}

const headersOf = (headers: Record<string, string>) => (Object.keys(headers).length > 0 ? { headers } : {});

/** What a success returns, described; undefined: nothing is said about it. */
function outputOf(root: Node, operation: Node, method: string): Node | undefined {
  if (method === 'HEAD') return undefined;
  const successes = entriesOf(operation.responses)
    .filter(([status]) => /^2/.test(status))
    .toSorted(([one], [other]) => one.localeCompare(other))
    .map(([, each]) => each);
  const [success] = nodesOf(root, successes);
  const schema = isSwagger2(root)
    ? success?.schema
    : entriesOf(success?.content).flatMap(([type, media]) =>
        /[/+]json\b/.test(type) && isObject(media) ? [media.schema] : [],
      )[0];
  if (!isObject(schema)) return undefined;
  const converter = createSchemaConverter(root, 'output');
  const converted = converter.convert(schema);
  const defs = converter.defs();
  // One that is shortened says little, and costs with every execution.
  if (converter.shortened() || Object.keys(converted).length === 0) return undefined;
  return defs ? { ...converted, $defs: defs } : converted;
}

/** An operation may name another server than the document. */
function hasOtherServer(root: Node, { item, operation }: Place): boolean {
  const own = [operation, item].map(({ servers }) => listOf(servers)).find((servers) => servers.length > 0);
  if (!own) return false;
  const urls = new Set(listOf(root.servers).map((server) => serverUrl(server)));
  return !own.some((server) => urls.has(serverUrl(server)));
}

/** Null: the document does not say, or not in full. */
function baseUrlOf(root: Node, sourceUrl: string | null): string | null {
  const written = isSwagger2(root) ? swaggerServer(root, sourceUrl) : listOf(root.servers).map(serverUrl);
  for (const each of written.length > 0 ? written : sourceUrl ? ['/'] : []) {
    const url = URL.parse(each, sourceUrl ?? undefined);
    if (!url || !/^https?:$/.test(url.protocol)) continue;
    const base = `${url.origin}${url.pathname}`.replace(/\/+$/, '');
    if (checkBaseUrl(base, '').length === 0) return base;
  }
  return null;
}

/** With the defaults of its variables. */
function serverUrl(server: unknown): string {
  if (!isObject(server)) return '';
  const variables = isObject(server.variables) ? server.variables : {};
  return textOf(server.url).replace(/\{([^{}]+)\}/g, (whole, name: string) => {
    const variable = variables[name];
    return isObject(variable) && variable.default !== undefined ? String(variable.default) : whole;
  });
}

function swaggerServer(root: Node, sourceUrl: string | null): string[] {
  const schemes = listOf(root.schemes).filter((each) => each === 'https' || each === 'http');
  const scheme = schemes.includes('https') ? 'https' : (schemes[0] ?? 'https');
  const host = textOf(root.host);
  const basePath = textOf(root.basePath) || '/';
  if (host !== '') return [`${scheme}://${host}${basePath.startsWith('/') ? basePath : `/${basePath}`}`];
  return sourceUrl ? [basePath] : [];
}
