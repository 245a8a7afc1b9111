import type { EgressCaller, TenantEgress } from '../../../platform/egress-rules.ts';
import { retryAfterMs } from '../../../platform/http/retry-after.ts';
import type { Egress, EgressResponse } from '../../../platform/server/egress/egress.ts';
import { EgressError } from '../../../platform/server/egress/egress-error.ts';
import { AuthError } from '../auth-applier.ts';

export interface TokenClient {
  tokenUrl: string;
  clientId: string;
  /** Empty for a public client. */
  clientSecret: string;
  clientAuthentication: 'basic' | 'body';
}

export interface IssuedToken {
  token: string;
  /** Epoch milliseconds from which it must no longer be used. */
  expiresAt: number;
  /** Null: the one before stays valid, or there is none. */
  refreshToken: string | null;
}

/** No token came. */
export class TokenError extends AuthError {
  /** The provider's word for it, such as `invalid_grant`. */
  readonly reason: string | null;
  /** The request may have arrived, so the provider may have replaced the refresh token. */
  readonly answerLost: boolean;

  constructor(
    message: string,
    {
      reason = null,
      answerLost = false,
      ...options
    }: ConstructorParameters<typeof AuthError>[1] & { reason?: string | null; answerLost?: boolean } = {},
  ) {
    super(message, options);
    this.reason = reason;
    this.answerLost = answerLost;
  }
}

/** A token is fetched for its credential; without one, for the tool. */
export const tokenCaller = (
  { credentialId }: { credentialId?: string | undefined },
  { caller }: { caller: EgressCaller },
): EgressCaller => (credentialId === undefined ? caller : { type: 'credential', id: credentialId });

/** Every call of the tool waits for its token. */
export const tokenTimeoutMs = 10_000;

/**
 * Asks a token endpoint (RFC 6749, section 3.2) through the egress guard.
 * @param grant the fields of the grant; those without a value are left out
 * @throws TokenError
 */
export async function requestToken(
  egress: Egress,
  client: TokenClient,
  grant: Record<string, string | undefined>,
  from: TenantEgress & { tenantId: string; caller: EgressCaller },
): Promise<IssuedToken> {
  const form = new URLSearchParams();
  for (const [name, value] of Object.entries(grant)) if (value) form.set(name, value);
  const headers: Record<string, string> = {
    accept: 'application/json',
    'content-type': 'application/x-www-form-urlencoded',
    'user-agent': 'Interlock',
  };
  const { clientId, clientSecret } = client;
  if (clientSecret === '') {
    form.set('client_id', clientId);
  } else if (client.clientAuthentication === 'body') {
    form.set('client_id', clientId);
    form.set('client_secret', clientSecret);
  } else {
    const pair = `${formEncode(clientId)}:${formEncode(clientSecret)}`;
    headers.authorization = `Basic ${Buffer.from(pair).toString('base64')}`;
  }
  const startedAt = Date.now();
  const response = await send(() =>
    egress.request({
      ...from,
      method: 'POST',
      url: client.tokenUrl,
      headers,
      body: form.toString(),
      signal: AbortSignal.timeout(tokenTimeoutMs),
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
    throw new TokenError(message, {
      code,
      transient: code !== 'denied',
      answerLost: error.sent !== 'before',
      cause: error,
    });
  }
}

function readToken(response: EgressResponse, startedAt: number): IssuedToken {
  const body = parseObject(response.body);
  if (response.status < 200 || response.status > 299) {
    const reason = typeof body?.error === 'string' && /^[\w.-]{1,64}$/.test(body.error) ? body.error : null;
    const transient = response.status === 429 || response.status === 408 || response.status >= 500;
    throw new TokenError(`The token endpoint returned ${response.status}${reason ? ` (${reason})` : ''}`, {
      transient,
      reason,
      retryAfterMs: retryAfterMs(response.headers['retry-after']),
    });
  }
  const token = usableToken(body?.access_token);
  const { refresh_token: refreshToken } = body ?? {};
  return {
    token,
    expiresAt: startedAt + usableMs(body?.expires_in),
    refreshToken: typeof refreshToken === 'string' && refreshToken !== '' ? refreshToken : null,
  };
}

function usableToken(token: unknown): string {
  if (typeof token !== 'string' || token === '')
    throw new TokenError('The token endpoint returned no access_token');
  if (/[^\x21-\x7e]/.test(token))
    throw new TokenError('The token endpoint returned a token with characters that a header cannot carry');
  return token;
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
