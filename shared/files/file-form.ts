import { z } from 'zod';
import { isObject } from '../platform/schema-properties.ts';
import { playbookDocumentSchema } from '../playbooks/playbook-document.ts';
import { authDefinitionOf } from '../tools/auth/registry.ts';
import { connectorKinds } from '../tools/connectors/registry.ts';
import { same } from '../tools/diff-definitions.ts';
import { providerDefinitions } from '../tools/providers/registry.ts';
import { connectorFields, retrySchema, toolFields } from '../tools/tool-fields.ts';

// Definitions as files: names in place of ids, keys in one order, defaults left out. Equal definitions have equal files.

type Fields = Record<string, unknown>;

/** What the ids in a definition are called. */
export interface NamesOf {
  connector(id: string): string;
  credential(id: string): string;
}

const toolOrder = [
  ...['name', 'title', 'description', 'type', 'category', 'tags', 'connector', 'auth', 'config'],
  ...['inputSchema', 'outputSchema', 'idempotent', 'serverErrors', 'timeoutMs', 'deadlineMs', 'retry'],
  ...['rateLimit', 'policy', 'propagateTrace', 'undo'],
];
const connectorHead = ['name', 'title', 'description', 'kind'];
const connectorTail = ['auth', 'timeoutMs', 'retry', 'rateLimit', 'policy', 'propagateTrace'];
const playbookOrder = [
  ...[
    'name',
    'draft',
    'title',
    'description',
    'triggers',
    'exceptionStatus',
    'resolves',
    'directCompletion',
    'inputSchema',
    'steps',
  ],
];
const stepOrder = [
  'id',
  'type',
  'title',
  'instructions',
  'when',
  'assignee',
  'due',
  'reminder',
  'escalation',
];
const domainOrder = ['name', 'title', 'attributeSchema'];
const authOrder = ['type', 'credential'];

/** What a tool takes from its connector when it is left out: there, a default says something. */
const fromConnector = new Set(['auth', 'timeoutMs', 'retry', 'rateLimit', 'propagateTrace']);

/** @param written the definition, as it was written */
export function toolFile(written: Fields, names: NamesOf): Fields {
  const { config: sent, auth, retry, scope: _scope, ...rest } = written;
  const { connectorId, ...config } = isObject(sent) ? sent : {};
  const shared = typeof connectorId === 'string';
  const defaults = defaultsOf(toolFields);
  const file: Fields = {
    ...rest,
    ...(shared && { connector: names.connector(connectorId) }),
    ...(isObject(auth) && auth.type !== 'inherit' && { auth: authFile(auth, names) }),
    ...(retry !== undefined && { retry: shared ? wholeRetry(retry) : withoutDefaults(retry, retryDefaults) }),
    config: shared ? config : withoutDefaults(config, configDefaults(String(written.type))),
  };
  for (const [key, value] of Object.entries(file))
    if (!(shared && fromConnector.has(key)) && (isEmpty(key, value) || same(value, defaults[key])))
      delete file[key];
  return ordered(file, toolOrder);
}

/** @param definition with its defaults, or without */
export function connectorFile(definition: Fields, names: NamesOf): Fields {
  const { scope: _scope, auth, ...rest } = definition;
  const kind = String(definition.kind ?? 'rest');
  const { kind: _kind, ...defaults } = defaultsOf(connectorShape(kind));
  const file: Fields = { ...rest, kind, ...(isObject(auth) && { auth: authFile(auth, names) }) };
  const kept = withoutDefaults(file, defaults);
  const tail = connectorTail.filter((key) => key in kept);
  const own = Object.keys(connectorShape(kind)).filter((key) => !(key in connectorFields) && key !== 'kind');
  return ordered(kept, [...connectorHead, ...own, ...tail]);
}

/** @param draft whether the playbook was never published */
export function playbookFile(document: Fields, draft: boolean): Fields {
  const defaults = defaultsOf(playbookDocumentSchema.shape);
  const kept = withoutDefaults(document, defaults);
  return ordered({ ...kept, ...(draft && { draft: true }), ...orderedSteps(kept) }, playbookOrder);
}

export const domainFile = (domain: Fields): Fields => ordered(domain, domainOrder);

/** Auth without a secret: the credential by its name. */
function authFile(auth: Fields, names: NamesOf): Fields {
  const { credentialId, hasSecret: _shown, ...rest } = auth;
  const known = z.object({ type: z.string() }).safeParse(auth).data;
  const field = known && secretFieldOf(known.type);
  if (field) delete rest[field];
  return ordered(
    { ...rest, ...(typeof credentialId === 'string' && { credential: names.credential(credentialId) }) },
    authOrder,
  );
}

/** Null for a kind that has none, or that no one knows. */
export function secretFieldOf(type: string): string | null {
  try {
    return authDefinitionOf({ type }).secretField;
  } catch {
    return null;
  }
}

const retryDefaults = retrySchema.parse({}) as Fields;
const wholeRetry = (retry: unknown): unknown => retrySchema.safeParse(retry).data ?? retry;

const isEmpty = (key: string, value: unknown): boolean =>
  (key === 'retry' || key === 'config') && isObject(value) && Object.keys(value).length === 0;

/** What a field has when it is left out; undefined where it then has nothing, or must be there. */
const defaultsOf = (shape: Readonly<Record<string, z.core.$ZodType>>): Fields =>
  Object.fromEntries(Object.entries(shape).map(([key, field]) => [key, z.safeParse(field, undefined).data]));

/** The config of some types is no plain object, and is written as it is. */
function configDefaults(type: string): Fields {
  const config = providerSchema(type)?.shape.config;
  return config instanceof z.ZodObject ? defaultsOf(config.shape) : {};
}

const providerSchema = (type: string): z.ZodObject | undefined =>
  Object.entries(providerDefinitions).find(([each]) => each === type)?.[1].schema;

const connectorShape = (kind: string): Readonly<Record<string, z.core.$ZodType>> =>
  Object.entries(connectorKinds).find(([each]) => each === kind)?.[1].schema.shape ?? connectorFields;

function withoutDefaults(value: unknown, defaults: Fields): Fields {
  if (!isObject(value)) return {};
  return Object.fromEntries(
    Object.entries(value).filter(([key, each]) => each !== undefined && !same(each, defaults[key])),
  );
}

/** Steps with the keys that every step has in front, at any depth. */
function orderedSteps(value: Fields): Fields {
  const visit = (each: unknown): unknown => {
    if (Array.isArray(each)) return each.map(visit);
    if (!isObject(each)) return each;
    const isStep = typeof each.id === 'string' && typeof each.type === 'string';
    const inside = Object.fromEntries(
      Object.entries(each).map(([key, field]) => [key, nested.has(key) ? visit(field) : field]),
    );
    return isStep ? ordered(inside, stepOrder) : inside;
  };
  return Array.isArray(value.steps) ? { steps: visit(value.steps) } : {};
}
/** Where steps have steps in them. */
const nested = new Set(['steps', 'branches', 'options']);

/** The keys of `first` in that order, then the others as they are. */
function ordered(value: Fields, first: readonly string[]): Fields {
  const known = first.filter((key) => value[key] !== undefined).map((key) => [key, value[key]]);
  const rest = Object.entries(value).filter(([key, each]) => each !== undefined && !first.includes(key));
  return Object.fromEntries([...known, ...rest]);
}
