import type { ClientCertificate, EgressResponse } from '../../platform/server/egress/egress.ts';
import type { AnyAuth } from '../auth/registry.ts';
import type { RenderedRequest } from '../providers/rendered-request.ts';
import type { CallContext } from './provider.ts';

/** A request with its auth. */
export interface AppliedRequest extends RenderedRequest {
  /** Presented by the connection. */
  clientCertificate?: ClientCertificate;
  /** Headers of the auth that may be shown and that the rendered request does not have. */
  added?: Record<string, string>;
}

/** The effectful half of an auth kind: makes of the secret of a credential what the request carries. */
export interface AuthApplier<A extends AnyAuth = AnyAuth> {
  /**
   * Called for every request that is sent, retries included.
   * @param body the bytes that are sent
   * @throws AuthError
   */
  apply(
    auth: A,
    request: RenderedRequest,
    context: CallContext,
    body: string | Buffer | undefined,
  ): Promise<AppliedRequest>;
  /**
   * The provider returned 401 to a request made by `apply`. Drops what is cached for it.
   * @returns whether a second request, with auth applied again, may succeed
   */
  renew(auth: A, context: CallContext): boolean;
  /** A request carries what a rotation has replaced too: it is not sent again with that alone. */
  carriesPrevious?: true;
  /** Why the provider may have refused what `apply` made; null when the response does not tell. */
  explain?(response: Pick<EgressResponse, 'status' | 'headers'>): string | null;
}

/** The secret could not be used; `message` is for people. */
export class AuthError extends Error {
  readonly transient: boolean;
  readonly code: 'provider_error' | 'denied' | 'timeout';
  readonly retryAfterMs: number | undefined;

  constructor(
    message: string,
    options: { transient?: boolean; code?: AuthError['code']; retryAfterMs?: number; cause?: unknown } = {},
  ) {
    super(message, { cause: options.cause });
    this.name = 'AuthError';
    this.transient = options.transient ?? false;
    this.code = options.code ?? 'provider_error';
    this.retryAfterMs = options.retryAfterMs;
  }
}
