import { isObject } from '../../../../platform/schema-properties.ts';
import { joinUrl } from '../../../../tools/http/url.ts';
import { httpMethods } from '../../../../tools/providers/http/config.ts';
import type { ImportedDocument, ImportedOperation } from '../../../imported.ts';
import { ImportProblem } from '../../../imported.ts';
import { createNames } from '../../../naming.ts';
import { createSchemaConverter, type KnownPatterns } from './convert-schema.ts';
import { createInputs } from './inputs.ts';
import { entriesOf, isSwagger2, listOf, type Node, nodeAt, nodesOf, textOf } from './nodes.ts';
import { readBody } from './read-body.ts';
import { readParameters } from './read-parameters.ts';
import { readSecurity, type Security } from './read-security.ts';
import { readServers, type Servers } from './read-servers.ts';
import { responseTypeOf } from './response-type.ts';

const verbs = ['get', 'head', 'post', 'put', 'patch', 'delete', 'options', 'trace'];
const callable = new Set<string>(httpMethods);
/** Microsoft Graph has 11,422. */
const maxOperations = 12_000;
const maxInputs = 1_000;

interface Place {
  key: string;
  method: string;
  path: string;
  item: Node;
  operation: Node;
}

/** What the operations of a document have in common. */
interface Common {
  root: Node;
  security: Security;
  servers: Servers;
  patterns: KnownPatterns;
  /** Of references: many operations return the same. */
  outputs: Map<string, Node | undefined>;
}

/**
 * OpenAPI 3.0 and 3.1, and Swagger 2: one connector with the server and the auth of the document, and a tool of each operation.
 * @param sourceUrl where the document was found; servers may be relative to it
 * @param keys of the operations that are wanted; null: all
 * @throws ImportProblem
 */
export function readOpenApi(
  root: Node,
  sourceUrl: string | null,
  keys: ReadonlySet<string> | null,
): ImportedDocument {
  const places = placesOf(root);
  const info = isObject(root.info) ? root.info : {};
  const security = readSecurity(
    root,
    places.map(({ operation }) => operation),
  );
  const servers = readServers(
    root,
    sourceUrl,
    places.map(({ operation, item }) => [operation, item]),
  );
  const host = URL.parse(servers.baseUrl ?? sourceUrl ?? '')?.host;
  const title = textOf(info.title).trim().slice(0, 120) || host || 'API';
  return {
    title,
    connector: {
      kind: 'rest',
      title,
      description: textOf(info.description).slice(0, 1_000),
      baseUrl: servers.baseUrl ?? '',
      auth: security.primary?.auth ?? { type: 'none' },
    },
    operations: operationsOf(
      places,
      { root, security, servers, patterns: new Map(), outputs: new Map() },
      keys,
    ),
  };
}

function placesOf(root: Node): Place[] {
  const places: Place[] = [];
  for (const [path, each] of entriesOf(root.paths)) {
    const item = nodeAt(root, each);
    if (!item) continue;
    for (const verb of verbs) {
      const operation = nodeAt(root, item[verb]);
      const method = verb.toUpperCase();
      if (operation) places.push({ key: `${method} ${path}`, method, path, item, operation });
    }
    if (places.length > maxOperations)
      throw new ImportProblem(
        `The document has more than ${maxOperations.toLocaleString('en')} operations. Split it and import the parts.`,
      );
  }
  return places;
}

/** One after the other: the tools of a large document are many times its size. */
function* operationsOf(
  places: readonly Place[],
  common: Common,
  keys: ReadonlySet<string> | null,
): Generator<ImportedOperation> {
  const nameFor = createNames();
  for (const place of places) {
    const { operation, method, path } = place;
    const name = nameFor(textOf(operation.operationId) || `${method} ${path.replace(/[{}]/g, '')}`);
    if (keys === null || keys.has(place.key)) yield operationOf(place, name, common);
  }
}

function operationOf(place: Place, name: string, common: Common): ImportedOperation {
  const { root, security, servers } = common;
  const { key, method, operation } = place;
  const title = (textOf(operation.summary) || textOf(operation.operationId) || key).trim().slice(0, 120);
  const found = { key, method, title, name };
  if (!callable.has(method))
    return { ...found, inputs: [], tool: null, notes: [`A tool cannot send ${method} requests`] };
  const address = servers.ofOperation([operation, place.item]);
  if ('problem' in address) return { ...found, inputs: [], tool: null, notes: [address.problem] };
  const { auth, notes } =
    'at' in address ? security.elsewhere(operation, address.at) : security.ofOperation(operation);
  const inputs = createInputs();
  const converter = createSchemaConverter(root, 'input', common.patterns);
  const listed = [...listOf(place.item.parameters), ...listOf(operation.parameters)];
  const placement = auth.type === 'inherit' ? (security.primary?.placement ?? null) : null;
  const parameters = readParameters({ root, path: place.path, listed, inputs, converter, auth: placement });
  const hasBody = method !== 'GET' && method !== 'HEAD';
  const body = hasBody
    ? readBody(root, operation, listed, { inputs, converter, whole: method === 'DELETE' })
    : null;
  const names = inputs.names();
  if (names.length > maxInputs) {
    const words = `It has ${names.length.toLocaleString('en')} inputs; a tool can have ${maxInputs.toLocaleString('en')}`;
    return { ...found, inputs: [], tool: null, notes: [words] };
  }
  if (converter.foreign().length > 0)
    notes.push(
      `It refers to another document (${converter.foreign()[0]}), which is not read: what it describes is not checked`,
    );
  if (converter.shortened()) notes.push('Its schema is too large: parts of the input are not checked');
  if (operation.deprecated === true) notes.push('The provider calls it deprecated');
  const outputSchema = outputOf(common, operation, method);
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
      ...('at' in address
        ? { url: joinUrl(address.at, parameters.path) }
        : { path: `${address.below}${parameters.path}` }),
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
    inputs: names,
    tool,
    notes: [...notes, ...parameters.notes, ...(body?.notes ?? [])],
  };
}

const headersOf = (headers: Record<string, string>) => (Object.keys(headers).length > 0 ? { headers } : {});

/** What a success returns, described; undefined: nothing is said about it. */
function outputOf(common: Common, operation: Node, method: string): Node | undefined {
  const { root, outputs } = common;
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
  const ref = textOf(schema.$ref);
  if (ref === '') return describedOutput(common, schema);
  if (!outputs.has(ref)) outputs.set(ref, describedOutput(common, schema));
  return outputs.get(ref);
}

function describedOutput({ root, patterns }: Common, schema: Node): Node | undefined {
  const converter = createSchemaConverter(root, 'output', patterns);
  const converted = converter.convert(schema);
  const defs = converter.defs();
  // One that is shortened says little, and costs with every execution.
  if (converter.shortened() || Object.keys(converted).length === 0) return undefined;
  return defs ? { ...converted, $defs: defs } : converted;
}
