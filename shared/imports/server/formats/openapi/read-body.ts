import { fileInputSchema } from '../../../../artifacts/artifact-schemas.ts';
import { isObject } from '../../../../platform/schema-properties.ts';
import type { SchemaConverter } from './convert-schema.ts';
import type { Inputs } from './inputs.ts';
import { entriesOf, isSwagger2, listOf, type Node, nodeAt, nodesOf, textOf } from './nodes.ts';

type BodyType = 'json' | 'form' | 'multipart' | 'text' | 'binary';

/** What a request carries. */
export interface Body {
  bodyType: BodyType;
  /** A template; undefined: every input that has no other place. */
  body?: unknown;
  headers: Record<string, string>;
  notes: string[];
}

interface BodySource {
  mediaType: string;
  schema: unknown;
  required: boolean;
}

/**
 * The body of an operation as inputs: the properties of an object one by one, anything else as one input.
 * @param options.whole the properties must be named in a template, because other inputs do not go to the body
 */
export function readBody(
  root: Node,
  operation: Node,
  listed: unknown[],
  { inputs, converter, whole }: { inputs: Inputs; converter: SchemaConverter; whole: boolean },
): Body | null {
  const source = isSwagger2(root) ? swaggerBody(root, operation, listed) : openApiBody(root, operation);
  if (!source) return null;
  const bodyType = bodyTypeOf(source.mediaType);
  const headers: Record<string, string> = {};
  const plain = { json: 'application/json', form: 'application/x-www-form-urlencoded' }[bodyType as string];
  if (bodyType !== 'multipart' && source.mediaType !== plain && !source.mediaType.includes('*'))
    headers['content-type'] = source.mediaType;
  const notes: string[] = [];
  if (bodyType === 'text' || bodyType === 'binary') {
    const description = `The body (${source.mediaType}).`;
    const schema =
      bodyType === 'text' ? { type: 'string', description } : { description, anyOf: [file, base64] };
    // A template of a text cannot be left out.
    const body = inputs.add('body', schema, { required: true, place: 'request' });
    return { bodyType, body, headers, notes };
  }
  const fields = fieldsOf(root, source.schema);
  if (!fields) {
    const schema = converter.convert(source.schema);
    const body = inputs.add('body', schema, {
      required: source.required || bodyType !== 'json',
      place: 'request',
    });
    return { bodyType, body, headers, notes };
  }
  const template: Record<string, string> = {};
  let renamed = whole;
  for (const [name, schema] of fields.properties) {
    const made = bodyType === 'multipart' ? partOf(root, schema, converter) : converter.convert(schema);
    const required = source.required && fields.required.has(name);
    const input = inputs.add(name, made, { required, place: 'body' });
    template[name] = input;
    if (input !== `{${name}}`) renamed = true;
  }
  return { bodyType, headers, notes, ...(renamed && { body: template }) };
}

function openApiBody(root: Node, operation: Node): BodySource | null {
  const body = nodeAt(root, operation.requestBody);
  const content = entriesOf(body?.content);
  if (!body || content.length === 0) return null;
  const [mediaType, media] = content.toSorted(([one], [other]) => rank(one) - rank(other))[0]!;
  return {
    mediaType: plainType(mediaType),
    schema: isObject(media) ? media.schema : {},
    required: body.required === true,
  };
}

function swaggerBody(root: Node, operation: Node, listed: unknown[]): BodySource | null {
  const parameters = nodesOf(root, listed);
  const consumes = listOf(operation.consumes ?? root.consumes).map(textOf);
  const [mediaType] = consumes.map(plainType).toSorted((one, other) => rank(one) - rank(other));
  const body = parameters.find((each) => each.in === 'body');
  if (body)
    return {
      mediaType: mediaType ?? 'application/json',
      schema: body.schema,
      required: body.required === true,
    };
  const fields = parameters.filter((each) => each.in === 'formData' && typeof each.name === 'string');
  if (fields.length === 0) return null;
  const hasFile = fields.some((each) => each.type === 'file');
  const multipart = hasFile || mediaType === 'multipart/form-data';
  return {
    mediaType: multipart ? 'multipart/form-data' : 'application/x-www-form-urlencoded',
    required: true,
    schema: {
      type: 'object',
      properties: Object.fromEntries(
        fields.map(({ name, in: _in, required: _required, ...schema }) => [String(name), schema]),
      ),
      required: fields.filter((each) => each.required === true).map(({ name }) => name),
    },
  };
}

/** The media type that is easiest to fill in comes first. */
function rank(mediaType: string): number {
  const order: BodyType[] = ['json', 'form', 'multipart', 'text', 'binary'];
  return order.indexOf(bodyTypeOf(mediaType)) * 2 + (mediaType.startsWith('application/json') ? 0 : 1);
}

/** Without parameters. */
const plainType = (mediaType: string): string => mediaType.replace(/;.*$/s, '').trim().toLowerCase();

function bodyTypeOf(written: string): BodyType {
  const mediaType = plainType(written);
  if (/[/+]json$/.test(mediaType) || mediaType === '*/*' || mediaType === 'application/*') return 'json';
  if (mediaType === 'application/x-www-form-urlencoded') return 'form';
  if (mediaType.startsWith('multipart/')) return 'multipart';
  if (mediaType.startsWith('text/') || /[/+](?:xml|yaml|graphql|ndjson|x-ndjson)$/.test(mediaType))
    return 'text';
  return 'binary';
}

interface Fields {
  properties: Map<string, unknown>;
  required: Set<unknown>;
}

/** The properties of an object, those of the members of `allOf` included; null: it is not only an object with properties. */
function fieldsOf(root: Node, schema: unknown, depth = 0): Fields | null {
  const node = nodeAt(root, schema);
  if (!node || depth > 8) return null;
  if (node.type !== undefined && ![node.type].flat().includes('object')) return null;
  if (isObject(node.additionalProperties)) return null;
  if (listOf(node.oneOf).length + listOf(node.anyOf).length > 0) return null;
  const found: Fields = { properties: new Map(), required: new Set(listOf(node.required)) };
  for (const member of listOf(node.allOf)) {
    const inner = fieldsOf(root, member, depth + 1) ?? emptyOf(nodeAt(root, member));
    if (!inner) return null;
    for (const [name, each] of inner.properties) found.properties.set(name, each);
    for (const name of inner.required) found.required.add(name);
  }
  for (const [name, each] of entriesOf(node.properties)) {
    const property = nodeAt(root, each);
    if (property?.readOnly === true) found.properties.delete(name);
    else found.properties.set(name, each);
  }
  return found.properties.size > 0 ? found : null;
}

/** A member of `allOf` may only say what is required, or describe. */
function emptyOf(node: Node | null): Fields | null {
  if (
    !node ||
    node.properties ||
    node.allOf ||
    node.anyOf ||
    node.oneOf ||
    isObject(node.additionalProperties)
  )
    return null;
  return { properties: new Map(), required: new Set(listOf(node.required)) };
}

/** A part of a multipart body: a file is a stored one, or an object with its bytes. */
function partOf(root: Node, schema: unknown, converter: SchemaConverter): Node {
  const node = nodeAt(root, schema) ?? {};
  const isFile = node.type === 'file' || node.format === 'binary' || node.contentMediaType !== undefined;
  if (!isFile) return converter.convert(schema);
  return { description: textOf(node.description) || 'A file.', anyOf: [file, part] };
}

const file = { title: 'Stored file', ...fileInputSchema };
const base64 = { title: 'Base64', type: 'string' };
const part = {
  title: 'Base64',
  type: 'object',
  properties: {
    data: { type: 'string', description: 'The bytes, in base64.' },
    filename: { type: 'string' },
    contentType: { type: 'string' },
  },
  required: ['data'],
};
