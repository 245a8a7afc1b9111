import { storableText } from '../../../platform/storable-text.ts';

const maxRedirects = 10;
const maxUri = 2_000;
const maxName = 100;
const maxMetadata = 8_192;
const loopback = new Set(['localhost', '127.0.0.1', '[::1]']);

/** Where a browser is sent back to; null: it may not be. Only over TLS, or to a program on the person's own machine. */
export function redirectHost(uri: unknown): string | null {
  if (typeof uri !== 'string' || uri.length > maxUri) return null;
  const url = URL.parse(uri);
  if (!url) return null;
  if (url.username !== '' || url.password !== '' || url.hash !== '') return null;
  if (url.protocol === 'http:' && loopback.has(url.hostname)) return url.hostname;
  return url.protocol === 'https:' ? url.host : null;
}

/** Why a client cannot be registered like this; null: it can. Nothing of what it says is verified. */
export function clientProblem(metadata: Record<string, unknown>): string | null {
  const { redirect_uris: uris, client_name: name } = metadata;
  if (!Array.isArray(uris) || uris.length === 0 || uris.length > maxRedirects)
    return `redirect_uris must have 1 to ${maxRedirects} entries`;
  if (uris.some((uri) => redirectHost(uri) === null))
    return 'redirect_uris must be https, or http on a loopback address, without credentials and fragment';
  if (name !== undefined && (typeof name !== 'string' || name.length > maxName || !isPlainName(name)))
    return `client_name must be a text of at most ${maxName} characters without control characters`;
  if (JSON.stringify(metadata).length > maxMetadata)
    return `the metadata must not exceed ${maxMetadata} bytes`;
  return null;
}

/** Nothing that would reverse or hide what stands beside it on the page. */
const isPlainName = (name: string): boolean =>
  storableText.safeParse(name).success && !/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u.test(name);

/** The library makes a secret for a client that leaves out how it authenticates. Here none has any. */
export function withoutSecret(metadata: object): object {
  const { client_secret, client_secret_expires_at, ...rest } = metadata as Record<string, unknown>;
  return rest;
}
