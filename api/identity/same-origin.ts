import { InterlockError } from '../../shared/platform/error-codes.ts';

/** The parts of an HTTP request that say who sends it. */
export interface Caller {
  method: string;
  headers: Record<string, string | string[] | undefined>;
}

/**
 * Browsers also send a session's cookie with requests that other sites cause, so a request that changes something must
 * come from our own pages. Browsers always say where such a request comes from. A program that sends neither header
 * holds the cookie itself.
 * @throws InterlockError `forbidden`
 */
export function assertSameOrigin({ method, headers }: Caller, publicUrl: string): void {
  if (method === 'GET' || method === 'HEAD' || method === 'OPTIONS') return;
  const { origin, host } = headers;
  const site = headers['sec-fetch-site'];
  const foreignSite = typeof site === 'string' && site !== 'same-origin' && site !== 'none';
  const foreignOrigin =
    typeof origin === 'string' && origin !== new URL(publicUrl).origin && hostOf(origin) !== host;
  if (foreignSite || foreignOrigin) {
    throw new InterlockError('forbidden', 'This request comes from another site. Nothing was changed.');
  }
}

function hostOf(origin: string): string | null {
  return URL.canParse(origin) ? new URL(origin).host : null;
}
