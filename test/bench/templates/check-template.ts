import type { JsonObject, JsonValue } from '../../../shared/platform/json.ts';
import { isObject } from '../../../shared/platform/schema-properties.ts';
import type { Template } from '../../../shared/templates/template-data.ts';
import type { RenderedRequest } from '../../../shared/tools/providers/rendered-request.ts';
import { templateConnector, templateRequest } from '../../support/render-template.ts';
import { type DocumentedOperation, type Json, list, object, resolve } from './documented-operations.ts';
import { schemaProblems } from './schema-problems.ts';

/** A template with the request of its sample, and that of every input. */
export interface RenderedTemplate {
  template: Template;
  sample: RenderedRequest;
  whole: RenderedRequest;
}

export function rendered(template: Template): RenderedTemplate {
  const { inputs, sample } = template.tool;
  const every = Object.fromEntries(
    Object.entries(inputs).map(([name, schema]) => [name, sample[name] ?? exampleOf(schema)]),
  );
  return { template, sample: templateRequest(template), whole: templateRequest(template, every) };
}

function exampleOf(schema: JsonObject): JsonValue {
  if (Array.isArray(schema.enum)) return schema.enum[0] ?? null;
  const type = Array.isArray(schema.type) ? schema.type[0] : schema.type;
  if (type === 'integer' || type === 'number') return 1;
  if (type === 'boolean') return true;
  if (type === 'array') return [exampleOf(isObject(schema.items) ? (schema.items as JsonObject) : {})];
  if (type === 'object')
    return Object.fromEntries(
      Object.entries(object(schema.properties)).map(([name, inner]) => [
        name,
        exampleOf(inner as JsonObject),
      ]),
    );
  return 'text';
}

/** Such as `example.com`. */
export const domainOf = (host: string): string => host.split('.').slice(-2).join('.');

/** Is it the operation that the template calls? */
export function fits({ sample }: RenderedTemplate, { method, host, path }: DocumentedOperation): boolean {
  if (method !== sample.method) return false;
  const url = new URL(sample.url);
  const [plain, fragment] = path.split('#');
  // How these documents say the operations of a service that has one path.
  if (fragment !== undefined && fragment !== `X-Amz-Target=${headerOf(sample, 'x-amz-target')}`) return false;
  const step = (text: string) => text.replace(/[.*+?^$()|[\]\\]/g, '\\$&').replaceAll('{}', '[^/]+');
  // What a person says of the service, such as its site, stands in the document as an example.
  const sameHost = domainOf(host) === domainOf(url.host);
  const pathname = url.pathname.replace(/\.json$/, '');
  return sameHost && new RegExp(`^${step((plain ?? '').replace(/\.json$/, ''))}$`).test(pathname);
}

/** How what the template sends differs from the document. */
export function differences(
  { template, sample, whole }: RenderedTemplate,
  { document: { root }, operation, parameters }: DocumentedOperation,
): string[] {
  return [
    ...parameterProblems(root, parameters, sample, whole, authNames(template)),
    ...bodyProblems(root, operation, parameters, sample, whole),
    ...authProblems(root, operation, template),
  ];
}

function parameterProblems(
  root: Json,
  parameters: readonly Json[],
  sample: RenderedRequest,
  whole: RenderedRequest,
  credentials: ReadonlySet<string>,
): string[] {
  const query = new Map(
    parameters.filter((each) => each.in === 'query').map((each) => [String(each.name), each] as const),
  );
  const known = (name: string) =>
    query.has(name) ||
    query.has(name.replace(/\[.*$/, '')) ||
    query.has(`${name}[]`) ||
    query.has(name.replace(/\[\]$/, ''));
  const sent = new URL(sample.url).searchParams;
  const missing = parameters.filter(({ in: place, name, required, default: ready, schema }) => {
    if (required !== true || ready !== undefined || object(schema).default !== undefined) return false;
    // `token` is the older way of Slack.
    if (name === 'token' || credentials.has(String(name).toLowerCase())) return false;
    if (place === 'query') return !sent.has(String(name));
    return (
      place === 'header' &&
      !/^(?:authorization|content-type|accept)$/i.test(String(name)) &&
      headerOf(sample, String(name)) === undefined
    );
  });
  return [
    ...missing.map((each) => `${each.in} ${each.name}: required, not sent`),
    ...[...new URL(whole.url).searchParams].flatMap(([name, value]) => {
      if (!known(name)) return [`query ${name}: not documented`];
      const parameter = query.get(name);
      const schema = object(resolve(root, parameter?.schema ?? parameter));
      const item = schema.type === 'array' ? object(resolve(root, schema.items)) : schema;
      return list(item.enum).length === 0
        ? []
        : schemaProblems(root, { enum: item.enum }, value, `query ${name}`);
    }),
  ];
}

const formTypes = ['application/x-www-form-urlencoded', 'multipart/form-data'];

function bodyProblems(
  root: Json,
  operation: Json,
  parameters: readonly Json[],
  sample: RenderedRequest,
  whole: RenderedRequest,
): string[] {
  const { schema, types, required } = documentedBody(root, operation, parameters);
  if (sample.body === undefined) return required ? ['body: required, not sent'] : [];
  if (schema === undefined && types.length === 0) return ['body: not documented'];
  const type = (headerOf(sample, 'content-type') ?? '').split(';')[0] ?? '';
  const isForm = formTypes.includes(type);
  const problems =
    types.length > 0 && !types.some((each) => sameType(each, type))
      ? [`body: ${type}, not ${types.join(', ')}`]
      : [];
  const schemaOf = (value: unknown) =>
    schemaProblems(root, schema, value, 'body')
      // A form has texts alone.
      .filter((problem) => !isForm || !/ is no | is sent$/.test(problem));
  return [...new Set([...problems, ...schemaOf(sample.body), ...schemaOf(whole.body)])];
}

const sameType = (documented: string, sent: string): boolean =>
  documented.startsWith(sent) || documented === '*/*' || (/json/.test(documented) && /json/.test(sent));

function documentedBody(
  root: Json,
  operation: Json,
  parameters: readonly Json[],
): { schema: unknown; types: string[]; required: boolean } {
  if (root.swagger === undefined) {
    const body = object(resolve(root, operation.requestBody));
    const content = object(body.content);
    const types = Object.keys(content);
    const chosen = types.find((type) => /json/.test(type)) ?? types[0];
    return { schema: object(content[chosen ?? '']).schema, types, required: body.required === true };
  }
  const types = list(operation.consumes ?? root.consumes).map(String);
  const whole = parameters.find((each) => each.in === 'body');
  if (whole) return { schema: whole.schema, types, required: whole.required === true };
  const fields = parameters.filter((each) => each.in === 'formData');
  const schema = {
    type: 'object',
    properties: Object.fromEntries(fields.map((each) => [String(each.name), each])),
    required: fields.filter((each) => each.required === true).map((each) => each.name),
  };
  return {
    schema: fields.length > 0 ? schema : undefined,
    types: fields.length > 0 ? types : [],
    required: list(schema.required).length > 0,
  };
}

/** The names of the headers and parameters that carry the credential. */
function authNames(template: Template): ReadonlySet<string> {
  const auth: Placed = templateConnector(template).auth;
  const places = [auth, ...list(auth.places).map(object)];
  return new Set(places.map(({ name }) => String(name ?? 'authorization').toLowerCase()));
}

function authProblems(root: Json, operation: Json, template: Template): string[] {
  const requirements = list(operation.security ?? root.security).map(object);
  if (requirements.length === 0) return [];
  const schemes = object(object(root.components).securitySchemes ?? root.securityDefinitions);
  const auth = templateConnector(template).auth;
  const fitting = requirements.some((each) =>
    Object.keys(each).every((name) => takes(auth, object(resolve(root, schemes[name])))),
  );
  const words = requirements.map((each) => Object.keys(each).join(' and ') || 'none');
  return fitting ? [] : [`auth: ${auth.type}, documented ${words.join(', ')}`];
}

interface Placed {
  type: string;
  in?: unknown;
  name?: unknown;
  places?: unknown;
}

/** Whether auth of the template gives what a security scheme asks for. */
function takes(auth: Placed, { type, scheme, in: place, name }: Json): boolean {
  const kind = type === 'http' ? String(scheme).toLowerCase() : type;
  const inHeader = place === 'header' && /^authorization$/i.test(String(name));
  const places = [auth, ...list(auth.places).map(object)];
  if (
    kind === 'apiKey' &&
    places.some((each) => each.in === place && String(each.name).toLowerCase() === String(name).toLowerCase())
  )
    return true;
  if (auth.type === 'bearer')
    return kind === 'bearer' || kind === 'oauth2' || kind === 'openIdConnect' || inHeader;
  if (auth.type === 'basic') return kind === 'basic' || inHeader;
  if (auth.type === 'api_key') return /^authorization$/i.test(String(auth.name)) && kind === 'bearer';
  if (auth.type === 'aws_sigv4') return inHeader;
  return auth.type.startsWith('oauth2') && (kind === 'oauth2' || kind === 'bearer' || inHeader);
}

function headerOf({ headers }: RenderedRequest, name: string): string | undefined {
  return Object.entries(headers).find(([each]) => each.toLowerCase() === name.toLowerCase())?.[1];
}
