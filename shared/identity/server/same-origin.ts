import { InterlockError } from '../../platform/error-codes.ts';
import type { Caller } from './caller.ts';

/**
 * A session's cookie travels with requests that other sites cause, so one that changes something must come from our
 * own pages. Browsers always say where such a request comes from; programs without either header hold the cookie themselves.
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
    throw new InterlockError('forbidden', 'This request comes from another site; nothing was changed.');
  }
}

function hostOf(origin: string): string | null {
  return URL.canParse(origin) ? new URL(origin).host : null;
}
