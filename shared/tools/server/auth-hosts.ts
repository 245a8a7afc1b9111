import type { Auth, ToolDefinition } from '../tool-definition.ts';

/** `host:port` of a URL whose authority is fixed; what follows may be templated. */
export function hostPortOf(url: string): string | null {
  const authority = /^(https?):\/\/([^/?#]+)/i.exec(url);
  if (!authority) return null;
  const parsed = new URL(`${authority[1]}://${authority[2]}/`);
  return `${parsed.hostname}:${parsed.port || (parsed.protocol === 'https:' ? 443 : 80)}`;
}

/**
 * Every `host:port` this auth sends its secret to: the target's, or for client credentials the token URL's and the
 * target's (which gets the token).
 */
export function authHosts(auth: Auth, targetUrl: string | undefined): string[] {
  if (auth.type === 'none') return [];
  const urls = auth.type === 'oauth2_client_credentials' ? [auth.tokenUrl, targetUrl] : [targetUrl];
  return [...new Set(urls.flatMap((url) => (url === undefined ? [] : (hostPortOf(url) ?? []))))];
}

/** The URL that a resolved tool calls; undefined for one that calls nothing outside. */
export function targetUrl(definition: ToolDefinition): string | undefined {
  return definition.type === 'http' ? definition.config.url : undefined;
}
