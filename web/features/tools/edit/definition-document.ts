import type { Issue } from '../../../../shared/platform/error-codes.ts';
import { pointer as pointerTo } from '../../../../shared/platform/json-pointer.ts';
import { isObject, schemaProperties } from '../../../../shared/platform/schema-properties.ts';
import { parseTemplate } from '../../../../shared/tools/template.ts';
import { type AuthType, authSecretField } from '../../../../shared/tools/tool-definition.ts';
import type { ConnectorView } from '../../../../shared/tools/tool-schemas.ts';
import type { Outputs } from '../../../api/trpc.ts';
import { sameJson } from '../../../kit/schema-form/json-edit.ts';

export type Tool = Outputs['tools']['get'];
export type Definition = Record<string, unknown>;

/** What a new tool starts as: complete enough to be saved once it has a name and an address. */
export const newDefinition = (): Definition => ({
  name: '',
  title: '',
  description: '',
  category: 'general',
  tags: [],
  type: 'http',
  scope: 'tenant',
  inputSchema: { type: 'object', properties: {}, additionalProperties: false },
  auth: { type: 'none' },
  config: { method: 'GET', url: '' },
  timeoutMs: 10_000,
  deadlineMs: 60_000,
  retry: { maxAttempts: 3, initialMs: 500, factor: 2, maxMs: 10_000 },
  idempotent: false,
});

const order = Object.keys({ ...newDefinition(), outputSchema: null, rateLimit: null });

/** A tool as a document to be changed and sent back: its definition, without what the server adds. */
export function definitionOf(tool: Tool, connector: ConnectorLimits | null): Definition {
  const { id, version, enabled, writable, readOnlyReason, createdAt, updatedAt, updatedBy, auth, ...rest } =
    tool;
  const { hasSecret: _hasSecret, ...sendable } = auth;
  const definition: Definition = { ...rest, auth: sendable };
  // What the connector gives stays the connector's: written out, it would no longer follow it.
  for (const key of ['timeoutMs', 'retry', 'rateLimit'] as const) {
    if (connector?.[key] !== undefined && sameJson(definition[key], connector[key])) delete definition[key];
  }
  return Object.fromEntries(
    [...order, ...Object.keys(definition)].flatMap((key) =>
      definition[key] === undefined ? [] : [[key, definition[key]]],
    ),
  );
}
type ConnectorLimits = Pick<ConnectorView, 'timeoutMs' | 'retry' | 'rateLimit'>;

/** A copy to start from: another name, and no credential, since it belongs to the original. */
export function copyOf(definition: Definition): Definition {
  const auth = isObject(definition.auth) ? definition.auth : { type: 'none' };
  const { credentialId: _credentialId, ...rest } = auth;
  return { ...definition, name: `${String(definition.name)}_copy`, scope: 'tenant', auth: rest };
}

/** "Look up a payment" → `look_up_a_payment` */
export function nameFromTitle(title: string): string {
  return title
    .normalize('NFKD')
    .replaceAll(/\p{M}/gu, '')
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '_')
    .replace(/^[^a-z]+/, '')
    .replace(/_+$/, '')
    .slice(0, 63);
}

/** The document as it is sent: what is only empty on the screen is left out. */
export function sendable(definition: Definition): Definition {
  const sent: Definition = { ...definition };
  if (sent.title === '') delete sent.title;
  if (isObject(sent.config)) {
    const config = { ...sent.config };
    for (const key of ['url', 'path', 'transform']) if (config[key] === '') delete config[key];
    sent.config = config;
  }
  return sent;
}

/** A secret that the auth kind needs and that is not there; the server asks for it only when saving. */
export function missingSecret(definition: Definition): Issue[] {
  const { auth } = definition;
  if (!isObject(auth) || typeof auth.type !== 'string' || !(auth.type in authSecretField)) return [];
  const field = authSecretField[auth.type as AuthType];
  if (field === null || auth.credentialId !== undefined || (auth[field] !== undefined && auth[field] !== ''))
    return [];
  return [{ path: `/auth/${field}`, message: 'Enter the secret.', keyword: 'required' }];
}

/** The names that templates use and that are no inputs, each with the place where it stands. */
export function unknownInputs(definition: Definition): { name: string; path: string }[] {
  const known = schemaProperties(definition.inputSchema);
  const found = new Map<string, string>();
  const visit = (value: unknown, path: string): void => {
    if (typeof value === 'string') {
      for (const name of namesIn(value)) if (!known.has(name) && !found.has(name)) found.set(name, path);
    } else if (typeof value === 'object' && value !== null) {
      for (const [key, each] of Object.entries(value)) visit(each, pointerTo(path, key));
    }
  };
  const config = isObject(definition.config) ? definition.config : {};
  if (definition.type === 'http') {
    for (const key of ['url', 'path', 'headers', 'query', 'body']) visit(config[key], `/config/${key}`);
  }
  return [...found].map(([name, path]) => ({ name, path }));
}

/** The names of a template; none while it is not well formed. */
function namesIn(template: string): string[] {
  try {
    return parseTemplate(template).flatMap((part) => ('name' in part ? [part.name] : []));
  } catch {
    return [];
  }
}
