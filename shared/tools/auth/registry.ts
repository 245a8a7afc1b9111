import type { Issue } from '../../platform/error-codes.ts';
import { redactionMark } from '../../platform/redaction/redaction-mark.ts';
import { headerNameProblem, headerValueProblem } from '../http/headers.ts';
import { checkUrl } from '../http/url.ts';
import type { RenderedRequest } from '../providers/rendered-request.ts';
import { type Auth, type AuthType, authSecretField } from '../tool-definition.ts';

export type AuthOf<T extends AuthType> = Extract<Auth, { type: T }>;

/** Where a request carries its credential. */
export interface AuthPlacement {
  in: 'header' | 'query' | 'cookie';
  name: string;
}

/** The pure half of an auth kind. `Secret` is what travels: the key, or a token fetched for it. */
interface AuthDefinition<A extends Auth> {
  label: string;
  placement(auth: A): AuthPlacement | null;
  /** The text at that place; a null secret gives the redaction mark, for preview. */
  value(auth: A, secret: string | null): string;
  check(auth: A, basePath: string): Issue[];
}

const authorization: AuthPlacement = { in: 'header', name: 'Authorization' };

/** The pure half of every auth kind. */
export const authKinds: { [T in AuthType]: AuthDefinition<AuthOf<T>> } = {
  none: { label: 'No auth', placement: () => null, value: () => '', check: () => [] },
  api_key: {
    label: 'API key',
    placement: (auth) => ({ in: auth.in, name: auth.name }),
    value: (_auth, secret) => secret ?? redactionMark,
    check: checkApiKey,
  },
  bearer: {
    label: 'Bearer token',
    placement: () => authorization,
    value: (_auth, secret) => `Bearer ${secret ?? redactionMark}`,
    check: (auth, base) => valueIssue(auth.token, `${base}/token`),
  },
  basic: {
    label: 'User name and password',
    placement: () => authorization,
    value: (auth, secret) =>
      `Basic ${secret === null ? redactionMark : base64(`${auth.username}:${secret}`)}`,
    check: (auth, base) =>
      auth.username.includes(':') ? [issue(`${base}/username`, 'A user name must not hold a colon')] : [],
  },
  oauth2_client_credentials: {
    label: 'OAuth 2 client credentials',
    placement: () => authorization,
    value: (_auth, token) => `Bearer ${token ?? redactionMark}`,
    check: checkOauth2,
  },
};

/** Problems of an auth block beyond its shape. `secretRequired` is false where a stored secret may be kept. */
export function checkAuth(auth: Auth, { basePath = '/auth', secretRequired = true } = {}): Issue[] {
  const issues = kindOf(auth).check(auth, basePath);
  const field = authSecretField[auth.type];
  if (field === null) return issues;
  const { credentialId, secret } = secretOf(auth);
  if (secret !== undefined && credentialId !== undefined) {
    issues.push(issue(`${basePath}/${field}`, `Give either ${field} or credentialId, not both`));
  }
  if (secretRequired && secret === undefined && credentialId === undefined) {
    issues.push({
      path: `${basePath}/${field}`,
      message: `${field} is required (or a credentialId)`,
      keyword: 'required',
    });
  }
  return issues;
}

/** The header, query parameter or cookie that this auth sets. */
export function authPlacement(auth: Auth): AuthPlacement | null {
  return kindOf(auth).placement(auth);
}

/**
 * The request with its credential in place. `secret` is the key, password or access token; null shows the mark
 * instead, as a preview does.
 */
export function placeAuth(auth: Auth, secret: string | null, request: RenderedRequest): RenderedRequest {
  const kind = kindOf(auth);
  const placement = kind.placement(auth);
  if (!placement) return request;
  const value = kind.value(auth, secret);
  switch (placement.in) {
    case 'header':
      return { ...request, headers: withHeader(request.headers, placement.name, value) };
    case 'query':
      return {
        ...request,
        url: withQuery(request.url, placement.name, secret === null ? value : encodeURIComponent(value)),
      };
    case 'cookie': {
      const others = Object.entries(request.headers).find(([name]) => name.toLowerCase() === 'cookie')?.[1];
      const cookie = `${placement.name}=${value}`;
      return {
        ...request,
        headers: withHeader(request.headers, 'Cookie', others ? `${others}; ${cookie}` : cookie),
      };
    }
  }
}

/** The secret and the credential named in an auth block. */
export function secretOf(auth: Auth): { secret: string | undefined; credentialId: string | undefined } {
  switch (auth.type) {
    case 'none':
      return { secret: undefined, credentialId: undefined };
    case 'api_key':
      return { secret: auth.value, credentialId: auth.credentialId };
    case 'bearer':
      return { secret: auth.token, credentialId: auth.credentialId };
    case 'basic':
      return { secret: auth.password, credentialId: auth.credentialId };
    case 'oauth2_client_credentials':
      return { secret: auth.clientSecret, credentialId: auth.credentialId };
  }
}

function kindOf<T extends AuthType>(auth: AuthOf<T>): AuthDefinition<AuthOf<T>> {
  return authKinds[auth.type as T];
}

function checkApiKey(auth: AuthOf<'api_key'>, base: string): Issue[] {
  const issues: Issue[] = [];
  if (auth.in === 'header') {
    const problem = headerNameProblem(auth.name);
    if (problem) issues.push(issue(`${base}/name`, problem));
    issues.push(...valueIssue(auth.value, `${base}/value`));
  }
  if (auth.in === 'cookie') {
    if (!/^[!#$%&'*+\-.^_`|~0-9A-Za-z]+$/.test(auth.name))
      issues.push(issue(`${base}/name`, 'Not a legal cookie name'));
    if (auth.value !== undefined && !/^[\x21\x23-\x2b\x2d-\x3a\x3c-\x5b\x5d-\x7e]+$/.test(auth.value)) {
      issues.push(
        issue(`${base}/value`, 'A cookie may not hold spaces, commas, semicolons, quotes or backslashes'),
      );
    }
  }
  return issues;
}

function checkOauth2(auth: AuthOf<'oauth2_client_credentials'>, base: string): Issue[] {
  const issues = checkUrl(auth.tokenUrl, `${base}/tokenUrl`);
  if (issues.length === 0 && /[{}]/.test(auth.tokenUrl)) {
    issues.push(issue(`${base}/tokenUrl`, 'The token URL must be fixed: no template in it'));
  }
  return issues;
}

function valueIssue(value: string | undefined, path: string): Issue[] {
  const problem = value === undefined ? null : headerValueProblem(value);
  return problem ? [issue(path, `The value ${problem}`)] : [];
}

function issue(path: string, message: string): Issue {
  return { path, message, keyword: 'auth' };
}

function withHeader(headers: Record<string, string>, name: string, value: string): Record<string, string> {
  const others = Object.entries(headers).filter(([each]) => each.toLowerCase() !== name.toLowerCase());
  return Object.fromEntries([...others, [name, value]]);
}

/** Takes the place of any parameter of the same name, so that a payload cannot add its own. */
function withQuery(url: string, name: string, encodedValue: string): string {
  const target = new URL(url);
  const others = target.search
    .slice(1)
    .split('&')
    .filter((pair) => pair !== '' && decoded(pair.split('=')[0]!) !== name);
  target.search = [...others, `${encodeURIComponent(name)}=${encodedValue}`].join('&');
  return target.href;
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text.replaceAll('+', ' '));
  } catch {
    return text;
  }
}

function base64(text: string): string {
  return btoa(String.fromCharCode(...new TextEncoder().encode(text)));
}
