import type { z } from 'zod';
import type { Issue } from '../../platform/error-codes.ts';
import { isObject } from '../../platform/schema-properties.ts';
import { hostPortOf } from '../http/url.ts';
import { unionOf } from '../union-of.ts';
import { apiKeyAuth } from './api-key/definition.ts';
import { apiKeysAuth } from './api-keys/definition.ts';
import { type AuthDefinition, type AuthPlacement, authIssue } from './auth-definition.ts';
import { awsSigv4Auth } from './aws-sigv4/definition.ts';
import { basicAuth } from './basic/definition.ts';
import { bearerAuth } from './bearer/definition.ts';
import { hmacAuth } from './hmac/definition.ts';
import { inheritedAuth } from './inherit/definition.ts';
import { mtlsAuth } from './mtls/definition.ts';
import { noAuth } from './none/definition.ts';
import { oauth2AuthorizationCodeAuth } from './oauth2-authorization-code/definition.ts';
import { oauth2ClientCredentialsAuth } from './oauth2-client-credentials/definition.ts';
import { standardWebhooksAuth } from './standard-webhooks/definition.ts';

/** The pure half of every auth kind. */
export const authDefinitions = {
  none: noAuth,
  inherit: inheritedAuth,
  api_key: apiKeyAuth,
  api_keys: apiKeysAuth,
  bearer: bearerAuth,
  basic: basicAuth,
  oauth2_client_credentials: oauth2ClientCredentialsAuth,
  oauth2_authorization_code: oauth2AuthorizationCodeAuth,
  mtls: mtlsAuth,
  hmac: hmacAuth,
  aws_sigv4: awsSigv4Auth,
  standard_webhooks: standardWebhooksAuth,
} satisfies Record<string, AuthDefinition>;

type Schemas = { [T in keyof typeof authDefinitions]: (typeof authDefinitions)[T]['schema'] };
export type AuthType = keyof Schemas;
export type AuthOf<T extends AuthType> = z.output<Schemas[T]>;
export type Auth = z.output<Schemas[AuthType]>;
type AuthInput = z.input<Schemas[AuthType]>;

/** Auth of any kind, a registered one included. */
export interface AnyAuth {
  type: string;
  credentialId?: string | undefined;
  [field: string]: unknown;
}

const definitions: Record<string, AuthDefinition> = { ...authDefinitions };

/** For extensions, before the first definition is read. Register the other half with `registerAuthApplier`. */
export function registerAuthKind(type: string, definition: AuthDefinition): void {
  definitions[type] = definition;
}

export function authDefinitionOf({ type }: Pick<AnyAuth, 'type'>): AuthDefinition {
  const definition = definitions[type];
  if (!definition) throw new Error(`Unknown auth kind "${type}"`);
  return definition;
}

/** Every auth kind with its type, registered ones included. */
export function everyAuthDefinition(): [type: string, AuthDefinition][] {
  return Object.entries(definitions);
}

export const authSchema = unionOf<Auth, AuthInput>('type', () =>
  Object.values(definitions).map(({ schema }) => schema),
);

/** The property of each auth kind that holds its secret. */
export const authSecretField = Object.fromEntries(
  Object.entries(authDefinitions).map(([type, { secretField }]) => [type, secretField]),
) as { [T in AuthType]: (typeof authDefinitions)[T]['secretField'] };

/** Problems of an auth block beyond its shape. `secretRequired` is false where a stored secret may be kept. */
export function checkAuth(auth: AnyAuth, { basePath = '/auth', secretRequired = true } = {}): Issue[] {
  const definition = authDefinitionOf(auth);
  const issues = definition.check(auth, basePath);
  const field = definition.secretField;
  if (field === null) return issues;
  const { credentialId, secret } = secretOf(auth);
  if (secret !== undefined && credentialId !== undefined) {
    issues.push(authIssue(`${basePath}/${field}`, `Use either ${field} or credentialId, not both`));
  }
  const required = secretRequired && !definition.optionalSecret;
  if (required && secret === undefined && credentialId === undefined) {
    issues.push(missingSecret(auth, basePath));
  }
  return issues;
}

export function missingSecret(auth: AnyAuth, basePath = '/auth'): Issue {
  const field = authDefinitionOf(auth).secretField;
  return {
    path: `${basePath}/${field}`,
    message: `${field} is required (or a credentialId)`,
    keyword: 'required',
  };
}

/** The header, query parameter or cookie that this auth sets; the first one of a kind that sets several. */
export function authPlacement(auth: AnyAuth): AuthPlacement | null {
  return authDefinitionOf(auth).placement(auth);
}

/** Every place that this auth sets. */
export function authPlacements(auth: AnyAuth): AuthPlacement[] {
  const { placement, furtherPlacements } = authDefinitionOf(auth);
  const first = placement(auth);
  return first === null ? [] : [first, ...(furtherPlacements?.(auth) ?? [])];
}

/** The headers among them, in lower case. */
export const authHeaders = (auth: AnyAuth): string[] =>
  authPlacements(auth).flatMap(({ in: place, name }) => (place === 'header' ? [name.toLowerCase()] : []));

/** Whether a tool with this auth takes that of its connector; one that names none does. */
export function inherits(auth: AnyAuth | undefined): boolean {
  return auth === undefined || authDefinitionOf(auth).inherits === true;
}

/** The secret, as it is stored, and the credential named in an auth block. */
export function secretOf(auth: AnyAuth): { secret: string | undefined; credentialId: string | undefined } {
  const field = authDefinitionOf(auth).secretField;
  const written = field === null ? undefined : auth[field];
  const secret = isObject(written) ? JSON.stringify(written) : written;
  return { secret: typeof secret === 'string' ? secret : undefined, credentialId: auth.credentialId };
}

/** Every text in a stored secret that must never be shown. */
export function secretTexts(auth: AnyAuth, secret: string): string[] {
  const texts = authDefinitionOf(auth).secretTexts?.(secret) ?? [secret];
  return texts.filter((text) => text !== '');
}

/** Every `host:port` that gets the secret, or the token fetched with it. */
export function authHosts(auth: AnyAuth, targetHosts: readonly string[]): string[] {
  const { secretField, secretUrls } = authDefinitionOf(auth);
  if (secretField === null) return [];
  const others = (secretUrls?.(auth) ?? []).flatMap((url) => hostPortOf(url) ?? []);
  return [...new Set([...others, ...targetHosts])];
}

/** Auth as it is stored: the credential in place of the secret. */
export function withCredential<A extends AnyAuth>(auth: A, credentialId: string): A {
  return { ...withoutSecret(auth), credentialId } as A;
}

export function withoutSecret(auth: AnyAuth): AnyAuth {
  const field = authDefinitionOf(auth).secretField;
  if (field === null) return auth;
  const { [field]: _secret, ...rest } = auth;
  return rest as AnyAuth;
}
