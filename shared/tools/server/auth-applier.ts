import type { RenderedRequest } from '../providers/rendered-request.ts';
import type { Auth } from '../tool-definition.ts';
import type { CallContext } from './provider.ts';

/** The effectful half of an auth kind: turns the secret of a credential into what the request carries. */
export interface AuthApplier<A extends Auth> {
  apply(auth: A, request: RenderedRequest, context: CallContext): Promise<RenderedRequest>;
  /**
   * The provider answered 401 to a request made by `apply`: may a second one, applied anew, fare better?
   * Forgets what was kept.
   */
  renew(auth: A, context: CallContext): boolean;
}

/** A secret that did not lead to a credential; `message` is for people. */
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
