import { redactionMark } from '../../platform/redaction/redaction-mark.ts';
import type { RenderedRequest } from '../providers/rendered-request.ts';
import type { AuthPlacement } from './auth-definition.ts';
import { type AnyAuth, authDefinitionOf, authPlacements } from './registry.ts';

/**
 * The request with its credential in place.
 * @param secret the key, password or access token; null shows the redaction mark instead, as a preview does
 */
export function placeAuth(auth: AnyAuth, secret: string | null, request: RenderedRequest): RenderedRequest {
  const definition = authDefinitionOf(auth);
  return authPlacements(auth).reduce((placed, placement) => {
    const credential =
      secret === null ? redactionMark : (definition.encode?.(auth, secret, placement) ?? secret);
    const value = (placement.prefix ?? '') + credential;
    return places[placement.in](placed, placement.name, value, secret !== null);
  }, request);
}

const places: Record<
  AuthPlacement['in'],
  (request: RenderedRequest, name: string, value: string, encoded: boolean) => RenderedRequest
> = {
  header: (request, name, value) => ({ ...request, headers: withHeader(request.headers, name, value) }),
  query: (request, name, value, encoded) => ({
    ...request,
    url: withQuery(request.url, name, encoded ? encodeURIComponent(value) : value),
  }),
  cookie: (request, name, value) => {
    const others = Object.entries(request.headers).find(([each]) => each.toLowerCase() === 'cookie')?.[1];
    const cookie = `${name}=${value}`;
    return {
      ...request,
      headers: withHeader(request.headers, 'Cookie', others ? `${others}; ${cookie}` : cookie),
    };
  },
};

function withHeader(headers: Record<string, string>, name: string, value: string): Record<string, string> {
  const others = Object.entries(headers).filter(([each]) => each.toLowerCase() !== name.toLowerCase());
  return Object.fromEntries([...others, [name, value]]);
}

/** Replaces every parameter of the same name, so that a payload cannot add its own. */
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
