import type { Issue } from '../../../../shared/platform/error-codes.ts';
import { pointer as pointerTo } from '../../../../shared/platform/json-pointer.ts';
import { readJson } from '../../../../shared/platform/read-json.ts';
import { isObject, schemaProperties } from '../../../../shared/platform/schema-properties.ts';
import { type AuthType, authDefinitionOf, authSecretField } from '../../../../shared/tools/auth/registry.ts';
import { urlTemplateNames } from '../../../../shared/tools/http/url.ts';
import { templateNames } from '../../../../shared/tools/template.ts';
import type { ConnectorView } from '../../../../shared/tools/tool-schemas.ts';
import type { Outputs } from '../../../api/trpc.ts';
import { formatJson } from '../../../kit/json-editor/json-document.ts';
import { sameJson, setAt } from '../../../kit/schema-form/json-edit.ts';
import { t } from '../../../words/words.ts';
import { configRules, configRulesOf } from './providers/config-rules.ts';

export type Tool = Outputs['tools']['get'];
export type Definition = Record<string, unknown>;

/** What a new tool starts as: it can be saved once it has a name and a URL. */
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
  config: configRules.http.start,
  timeoutMs: 10_000,
  deadlineMs: 60_000,
  retry: { maxAttempts: 3, initialMs: 500, factor: 2, maxMs: 10_000 },
  idempotent: false,
});

/** A new tool that a connector describes; auth and limits are those of the connector. */
export function draftDefinition(draft: Definition | null | undefined): Definition {
  if (!draft) return newDefinition();
  const { timeoutMs: _timeoutMs, retry: _retry, ...start } = newDefinition();
  return { ...start, auth: { type: 'inherit' }, ...draft };
}

const order = Object.keys({ ...newDefinition(), serverErrors: null, outputSchema: null, rateLimit: null });

/** A tool's definition as a document: without what the server adds. */
export function definitionOf(tool: Tool, connector: ConnectorLimits | null): Definition {
  const { id, version, enabled, writable, readOnlyReason, createdAt, updatedAt, updatedBy, auth, ...rest } =
    tool;
  const { hasSecret: _hasSecret, ...sendable } = auth;
  const definition: Definition = { ...rest, auth: sendable };
  // Limits from the connector are left out: written out, they would no longer follow it.
  for (const key of ['timeoutMs', 'retry', 'rateLimit', 'propagateTrace'] as const) {
    if (connector?.[key] !== undefined && sameJson(definition[key], connector[key])) delete definition[key];
  }
  return Object.fromEntries(
    [...order, ...Object.keys(definition)].flatMap((key) =>
      definition[key] === undefined ? [] : [[key, definition[key]]],
    ),
  );
}
type ConnectorLimits = Pick<ConnectorView, 'timeoutMs' | 'retry' | 'rateLimit' | 'propagateTrace'>;

/** A copy to start from, under another name. The credential belongs to the original and is left out. */
export function copyOf(definition: Definition): Definition {
  const auth = isObject(definition.auth) ? definition.auth : { type: 'none' };
  const { credentialId: _credentialId, ...rest } = auth;
  return { ...definition, name: `${String(definition.name)}_copy`, scope: 'tenant', auth: rest };
}

/** The document as it is sent: empty texts that mean "not set" are left out. */
export function sendable(definition: Definition): Definition {
  const sent: Definition = { ...definition };
  if (sent.title === '') delete sent.title;
  if (isObject(sent.config)) {
    const config = { ...sent.config };
    for (const key of configRulesOf(definition)?.optionalTexts ?? [])
      if (config[key] === '') delete config[key];
    sent.config = config;
  }
  return sent;
}

/** The property that takes the secret of a definition's auth; null where it has none or the kind is not known. */
export function secretFieldOf(definition: Definition): string | null {
  const { auth } = definition;
  if (!isObject(auth) || typeof auth.type !== 'string' || !Object.hasOwn(authSecretField, auth.type))
    return null;
  return authSecretField[auth.type as AuthType];
}

/** The places of a secret that was just typed. While the kind of auth is none that the page knows, those of every kind. */
export function secretPlaces(definition: unknown): string[] {
  if (!isObject(definition) || !isObject(definition.auth)) return [];
  const { type } = definition.auth;
  const isKnown = typeof type === 'string' && Object.hasOwn(authSecretField, type);
  const fields = isKnown ? [secretFieldOf(definition)] : Object.values(authSecretField);
  return [...new Set(fields)].flatMap((field) => (field === null ? [] : [`/auth/${field}`]));
}

/** The secret that was typed; undefined where there is none. */
export const secretIn = (definition: Definition): unknown => {
  const field = secretFieldOf(definition);
  return field !== null && isObject(definition.auth) ? definition.auth[field] : undefined;
};

/** A definition as text, without a secret that was just typed. */
export function definitionText(definition: Definition): string {
  const field = secretFieldOf(definition);
  if (field === null || secretIn(definition) === undefined) return formatJson(definition);
  return formatJson(setAt(definition, `/auth/${field}`, t('(a new value)')));
}

/** A secret that the auth kind needs and does not have. */
export function missingSecret(definition: Definition): Issue[] {
  const field = secretFieldOf(definition);
  const { auth } = definition;
  if (field === null || !isObject(auth) || auth.credentialId !== undefined) return [];
  if (authDefinitionOf({ type: String(auth.type) }).optionalSecret) return [];
  if (auth[field] !== undefined && auth[field] !== '') return [];
  return [{ path: `/auth/${field}`, message: t('Enter the secret.'), keyword: 'required' }];
}

/** The JSON of a definition without its typed secret; null where the page does not know which part is secret. */
export function withoutSecret(text: string): string | null {
  try {
    const definition: unknown = readJson(text);
    if (!isObject(definition)) return null;
    const { auth } = definition;
    if (auth === undefined) return text;
    if (!isObject(auth) || typeof auth.type !== 'string' || !Object.hasOwn(authSecretField, auth.type))
      return null;
    const field = secretFieldOf(definition);
    const kept = Object.entries(auth).filter(([key]) => key !== field);
    return formatJson({ ...definition, auth: Object.fromEntries(kept) });
  } catch {
    return null;
  }
}

/** The names that templates use although they are not inputs, each with its first place. */
export function unknownInputs(definition: Definition): { name: string; path: string }[] {
  const known = schemaProperties(definition.inputSchema);
  const found = new Map<string, string>();
  const rules = configRulesOf(definition);
  const visit = (value: unknown, path: string, names = templateNames): void => {
    if (typeof value === 'string') {
      for (const name of namesIn(value, names))
        if (!known.has(name) && !found.has(name)) found.set(name, path);
    } else if (typeof value === 'object' && value !== null) {
      for (const [key, each] of Object.entries(value)) visit(each, pointerTo(path, key), names);
    }
  };
  const config = isObject(definition.config) ? definition.config : {};
  for (const key of rules?.templates ?? [])
    visit(config[key], `/config/${key}`, rules?.urls?.includes(key) ? urlTemplateNames : templateNames);
  const others = rules?.names?.(config);
  for (const name of others?.names ?? [])
    if (others && !known.has(name) && !found.has(name)) found.set(name, others.path);
  return [...found].map(([name, path]) => ({ name, path }));
}

/** The names of a template; none while it is not well formed. */
function namesIn(template: string, names: (template: string) => string[]): string[] {
  try {
    return names(template);
  } catch {
    return [];
  }
}
