import { randomBytes } from 'node:crypto';
import { basic, bearer, same } from './access.ts';
import { demoCredentials } from './credentials.ts';
import { type Context, type Reply, ReplyError } from './http.ts';

/** An OAuth2 token endpoint (client credentials only), and the check of its tokens. */
export class OAuthServer {
  tokensIssued = 0;
  expiresInSeconds = 3600;
  readonly #tokens = new Map<string, { expiresAt: number; scopes: string[] }>();

  /** Invalidates every token that was issued so far. */
  revokeAll(): void {
    this.#tokens.clear();
  }

  token(context: Context): Reply {
    const form = (typeof context.body === 'object' && context.body !== null ? context.body : {}) as Record<
      string,
      unknown
    >;
    const [clientId, clientSecret] = (basic(context) ?? [form.client_id, form.client_secret]).map((part) =>
      String(part ?? ''),
    );
    const { carrierClientId, carrierClientSecret, carrierScope } = demoCredentials;
    if (
      !same(safeDecode(clientId), carrierClientId) ||
      !same(safeDecode(clientSecret), carrierClientSecret)
    ) {
      return oauthError(401, 'invalid_client', 'Unknown client or wrong secret.');
    }
    if (form.grant_type !== 'client_credentials')
      return oauthError(400, 'unsupported_grant_type', 'Only client_credentials is offered.');
    const allowed = carrierScope.split(' ');
    const scopes = typeof form.scope === 'string' && form.scope !== '' ? form.scope.split(' ') : allowed;
    if (scopes.some((scope) => !allowed.includes(scope)))
      return oauthError(400, 'invalid_scope', `Offered are: ${carrierScope}.`);
    const token = `tok_${randomBytes(24).toString('base64url')}`;
    this.#tokens.set(token, { expiresAt: Date.now() + this.expiresInSeconds * 1000, scopes });
    this.tokensIssued += 1;
    return {
      status: 200,
      body: {
        access_token: token,
        token_type: 'Bearer',
        expires_in: this.expiresInSeconds,
        scope: scopes.join(' '),
      },
      headers: { 'cache-control': 'no-store' },
    };
  }

  requireScope(context: Context, scope: string): void {
    const challenge = { 'www-authenticate': 'Bearer realm="carrier", error="invalid_token"' };
    const token = this.#tokens.get(bearer(context));
    if (!token || token.expiresAt < Date.now())
      throw new ReplyError(401, 'invalid_token', 'The token is unknown or expired.', challenge);
    if (!token.scopes.includes(scope))
      throw new ReplyError(403, 'insufficient_scope', `This needs the scope ${scope}.`);
  }
}

/** RFC 6749 2.3.1: both parts of the Basic header are form-encoded. */
function safeDecode(value: string | undefined): string {
  try {
    return decodeURIComponent((value ?? '').replaceAll('+', ' '));
  } catch {
    return value ?? '';
  }
}

function oauthError(status: number, error: string, description: string): Reply {
  return { status, body: { error, error_description: description } };
}
