import { retryAfterMs } from '../../../../platform/http/retry-after.ts';
import type { Egress, EgressResponse } from '../../../../platform/server/egress/egress.ts';
import { EgressError } from '../../../../platform/server/egress/egress-error.ts';
import { AuthError } from '../../../server/auth-applier.ts';
import type { AuthOf } from '../../registry.ts';
import type { AccessToken } from './token-cache.ts';

type Oauth2Auth = AuthOf<'oauth2_client_credentials'>;

/** Every call of the tool waits for its token. */
const timeoutMs = 10_000;

/**
 * Fetches an access token (RFC 6749, section 4.4) through the egress guard.
 * @throws AuthError
 */
export async function requestToken(
  egress: Egress,
  auth: Oauth2Auth,
  secret: string,
  from: { tenantId: string; privateHosts: readonly string[] },
): Promise<AccessToken> {
  const form = new URLSearchParams({ grant_type: 'client_credentials' });
  if (auth.scope) form.set('scope', auth.scope);
  if (auth.audience) form.set('audience', auth.audience);
  const headers: Record<string, string> = {
    accept: 'application/json',
    'content-type': 'application/x-www-form-urlencoded',
    'user-agent': 'Interlock',
  };
  if (auth.clientAuthentication === 'body') {
    form.set('client_id', auth.clientId);
    form.set('client_secret', secret);
  } else {
    const pair = `${formEncode(auth.clientId)}:${formEncode(secret)}`;
    headers.authorization = `Basic ${Buffer.from(pair).toString('base64')}`;
  }
  const startedAt = Date.now();
  const response = await send(() =>
    egress.request({
      ...from,
      method: 'POST',
      url: auth.tokenUrl,
      headers,
      body: form.toString(),
      signal: AbortSignal.timeout(timeoutMs),
      maxResponseBytes: 65_536,
    }),
  );
  return readToken(response, startedAt);
}

/**
 * RFC 6749 requires form encoding before Basic. Characters that need none stay as they are, because many servers
 * compare without decoding: an id like `my-client_1` works with both.
 */
function formEncode(text: string): string {
  return encodeURIComponent(text).replace(/%20/g, '+');
}

async function send(request: () => Promise<EgressResponse>): Promise<EgressResponse> {
  try {
    return await request();
  } catch (error) {
    if (!(error instanceof EgressError)) throw error;
    const code =
      error.kind === 'refused' ? 'denied' : error.kind === 'aborted' ? 'timeout' : 'provider_error';
    const message =
      code === 'timeout' ? 'The token endpoint did not respond in time' : `Token endpoint: ${error.message}`;
    throw new AuthError(message, { code, transient: code !== 'denied', cause: error });
  }
}

function readToken(response: EgressResponse, startedAt: number): AccessToken {
  const body = parseObject(response.body);
  if (response.status < 200 || response.status > 299) {
    const reason =
      typeof body?.error === 'string' && /^[\w.-]{1,64}$/.test(body.error) ? ` (${body.error})` : '';
    const transient = response.status === 429 || response.status === 408 || response.status >= 500;
    throw new AuthError(`The token endpoint returned ${response.status}${reason}`, {
      transient,
      retryAfterMs: retryAfterMs(response.headers['retry-after']),
    });
  }
  const token = body?.access_token;
  if (typeof token !== 'string' || token === '')
    throw new AuthError('The token endpoint returned no access_token');
  if (/[^\x21-\x7e]/.test(token))
    throw new AuthError('The token endpoint returned a token with characters that a header cannot carry');
  return { token, expiresAt: startedAt + usableMs(body?.expires_in) };
}

/** Ends a minute before the expiry, or a tenth of a short lifetime. Without `expires_in`: five minutes. */
function usableMs(expiresIn: unknown): number {
  const seconds = Number(expiresIn);
  if (expiresIn === undefined || expiresIn === null || !Number.isFinite(seconds)) return 300_000;
  return Math.max(0, seconds * 1000 - Math.min(60_000, seconds * 100));
}

function parseObject(body: Buffer): Record<string, unknown> | null {
  try {
    const parsed: unknown = JSON.parse(body.toString('utf8'));
    return parsed !== null && typeof parsed === 'object' ? (parsed as Record<string, unknown>) : null;
  } catch {
    return null;
  }
}
