import { isObject } from '../../../../platform/schema-properties.ts';
import { headerNameProblem } from '../../../../tools/http/headers.ts';
import type { QueryStyle } from '../../../../tools/providers/http/query-styles.ts';
import type { SchemaConverter } from './convert-schema.ts';
import type { Inputs } from './inputs.ts';
import { entriesOf, isSwagger2, type Node, nodeAt, textOf } from './nodes.ts';

/** Where the parameters of an operation go. */
export interface Parameters {
  /** The path, with the templates of the inputs. */
  path: string;
  query: Record<string, string>;
  /** How lists and objects are written, where that is not the default. */
  queryStyles: Record<string, QueryStyle>;
  headers: Record<string, string>;
  /** The provider takes an Idempotency-Key. */
  idempotencyKey: boolean;
  notes: string[];
}

export interface ParameterPlaces {
  root: Node;
  path: string;
  /** As the document lists them; later ones replace earlier ones of the same name and place. */
  listed: unknown[];
  inputs: Inputs;
  converter: SchemaConverter;
  /** What the auth sets: it is not asked for. */
  auth: { in: string; name: string } | null;
}

/** The parameters of an operation as inputs, without those of its body. */
export function readParameters(places: ParameterPlaces): Parameters {
  const { root, inputs, converter, auth } = places;
  const found: Parameters = {
    path: '',
    query: {},
    queryStyles: {},
    headers: {},
    idempotencyKey: false,
    notes: [],
  };
  const cookies: string[] = [];
  const inPath = new Map<string, string>();
  for (const { name, place, node } of uniqueParameters(root, places.listed)) {
    if (auth && auth.in === place && sameName(place, auth.name, name)) continue;
    const required = node.required === true;
    const add = (schema: Node) => inputs.add(name, described(schema, node), { required, place });
    if (place === 'path') {
      const schema = converter.convert(schemaOf(root, node));
      inPath.set(name, inputs.add(name, described(schema, node), { required: true, place }));
    } else if (place === 'query') {
      found.query[name] = add(converter.convert(schemaOf(root, node)));
      const style = queryStyleOf(root, node);
      if (style) found.queryStyles[name] = style;
    } else if (place === 'header') {
      const lower = name.toLowerCase();
      if (lower === 'idempotency-key') found.idempotencyKey = true;
      if (ownHeaders.has(lower) || headerNameProblem(name) !== null) continue;
      found.headers[name] = add(converter.convert(schemaOf(root, node)));
    } else if (place === 'cookie') {
      cookies.push(`${name}=${add(converter.convert(schemaOf(root, node)))}`);
    }
  }
  if (cookies.length > 0) found.headers.Cookie = cookies.join('; ');
  if (cookies.length > 1) found.notes.push('Its cookies are sent only when all of them are given');
  found.path = pathOf(places.path, inPath, inputs);
  return found;
}

/** Headers that the transport or the body sets (OpenAPI ignores the first three). */
const ownHeaders = new Set(['accept', 'content-type', 'authorization', 'idempotency-key', 'user-agent']);

const sameName = (place: string, one: string, other: string): boolean =>
  place === 'header' ? one.toLowerCase() === other.toLowerCase() : one === other;

function uniqueParameters(root: Node, listed: unknown[]): { name: string; place: string; node: Node }[] {
  const unique = new Map<string, { name: string; place: string; node: Node }>();
  for (const each of listed) {
    const node = nodeAt(root, each);
    const [name, place] = [textOf(node?.name), textOf(node?.in)];
    if (node && name !== '') unique.set(`${place} ${name}`, { name, place, node });
  }
  return [...unique.values()];
}

/** Of OpenAPI 3 the schema of a parameter; of Swagger 2 the parameter itself says it. */
function schemaOf(root: Node, node: Node): unknown {
  if (isObject(node.schema)) return node.schema;
  if (isSwagger2(root)) {
    const { name: _name, in: _in, required: _required, description: _description, ...schema } = node;
    return schema;
  }
  const [first] = entriesOf(node.content);
  return (isObject(first?.[1]) && first[1].schema) || { type: 'string' };
}

function described(schema: Node, node: Node): Node {
  const description = textOf(node.description).slice(0, 1_000);
  return description === '' || '$ref' in schema ? schema : { ...schema, description };
}

/** The collection formats of Swagger 2; `multi` repeats the parameter. */
const formats: Record<string, QueryStyle> = { csv: 'comma', ssv: 'space', tsv: 'tab', pipes: 'pipe' };

/** How a list or an object is written; undefined: a list repeats its parameter, or the value is neither. */
function queryStyleOf(root: Node, node: Node): QueryStyle | undefined {
  const schema = nodeAt(root, schemaOf(root, node)) ?? {};
  const types = [schema.type].flat();
  const isObjectType = types.includes('object') || isObject(schema.properties);
  if (!isObjectType && !types.includes('array')) return undefined;
  if (isSwagger2(root)) return formats[textOf(node.collectionFormat) || 'csv'];
  if (entriesOf(node.content).length > 0) return 'json';
  const style = textOf(node.style) || 'form';
  if (style === 'deepObject') return 'deepObject';
  const repeats = node.explode === undefined ? style === 'form' : node.explode === true;
  if (repeats) return isObjectType ? 'properties' : undefined;
  return style === 'spaceDelimited' ? 'space' : style === 'pipeDelimited' ? 'pipe' : 'comma';
}

/** A parameter that the path names and nothing describes is a text. */
function pathOf(path: string, known: ReadonlyMap<string, string>, inputs: Inputs): string {
  // Some documents tell operations of one path apart by a fragment, which is never sent.
  const [sent = ''] = path.split('#');
  const written = sent.replace(/\{([^{}]*)\}/g, (_whole, name: string) => {
    const template = known.get(name) ?? known.get(name.replace(/^[+/;.]/, '').replace(/\*$/, ''));
    return template ?? inputs.add(name || 'value', { type: 'string' }, { required: true, place: 'path' });
  });
  const rooted =
    written === '' || written.startsWith('/') || written.startsWith('?') ? written : `/${written}`;
  return rooted.replace(/\s/g, '%20').replace(/^\/+/, '/');
}
