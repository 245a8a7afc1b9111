import { retryAfterMs } from '../../platform/http/retry-after.ts';
import type { Json } from '../../platform/json-text.ts';
import type { Egress, EgressResponse, ResponseHead } from '../../platform/server/egress/egress.ts';
import { EgressError } from '../../platform/server/egress/egress-error.ts';
import type { AnyAuth } from '../auth/registry.ts';
import type { RenderedRequest } from '../providers/rendered-request.ts';
import { type AuthApplier, AuthError } from './auth-applier.ts';
import { type AuthAppliers, applierOf } from './auth-appliers.ts';
import type { CallContext, CallResult } from './provider.ts';

type Failed = Extract<CallResult, { ok: false }>;

/** An HTTP request of any tool type, complete but for its auth. */
export interface HttpExchange {
  auth: AnyAuth;
  request: RenderedRequest;
  /** The bytes of its body. */
  body: string | Buffer | undefined;
  /** The headers that were added to what was rendered. */
  added: Record<string, string>;
  maxResponseBytes: number;
  followRedirects?: boolean;
  /** Called for every decoded piece of the body of a response, a refusal or a redirect too. */
  onPiece?: (piece: Buffer, head: ResponseHead) => void;
}

/**
 * Sends a request with its auth through the egress guard. One that is refused with 401 is sent again with a renewed
 * credential, and then with the value that a rotation has replaced.
 * @throws EgressError, AuthError
 */
export async function exchangeHttp(
  { egress, appliers }: { egress: Egress; appliers: AuthAppliers },
  { auth, request, body, added, maxResponseBytes, followRedirects = false, onPiece }: HttpExchange,
  context: CallContext,
): Promise<EgressResponse> {
  const applier = applierOf(appliers, auth);
  let sent = false;
  const send = async (context: CallContext): Promise<EgressResponse> => {
    const applied = await applier.apply(auth, request, context, body);
    const { method, url, headers, clientCertificate } = applied;
    return egress.request({
      tenantId: context.tenantId,
      privateHosts: context.privateHosts,
      allowedHosts: context.allowedHosts,
      caller: context.caller,
      method,
      url,
      headers,
      body,
      clientCertificate,
      signal: context.signal,
      maxResponseBytes,
      followRedirects,
      refusesTarget: context.refusesTarget,
      maySend: context.maySend,
      onSent: () => {
        if (!sent) context.onSent({ ...added, ...applied.added });
        sent = true;
      },
      onChunk: (piece, head) => {
        context.heartbeat();
        onPiece?.(piece, head);
      },
    });
  };
  // 401 means that nothing was done, so any method may be sent again with a renewed credential.
  const renewed = async (context: CallContext) => {
    const response = await send(context);
    return response.status === 401 && applier.renew(auth, context) ? send(context) : response;
  };
  const { previousSecret } = context;
  if (previousSecret === null || applier.carriesPrevious) return renewed(context);
  const replaced = () => {
    context.onPrevious();
    return renewed({ ...context, secret: previousSecret });
  };
  let response: EgressResponse;
  try {
    response = await renewed(context);
  } catch (error) {
    // The new value was refused where the token is fetched: the call itself was not sent.
    if (!(error instanceof AuthError) || error.transient || sent) throw error;
    return replaced();
  }
  return response.status === 401 ? replaced() : response;
}

/** The headers that a request gets when it leaves; a tool that has its own `traceparent` keeps it. */
export function callHeaders(
  headers: Record<string, string>,
  { idempotencyKey, traceparent }: Pick<CallContext, 'idempotencyKey' | 'traceparent'>,
): Record<string, string> {
  const hasOwn = Object.keys(headers).some((name) => name.toLowerCase() === 'traceparent');
  return {
    ...(idempotencyKey !== null && { 'idempotency-key': idempotencyKey }),
    ...(traceparent && !hasOwn && { traceparent }),
  };
}

/** A result with what the auth knows about a refusal. */
export function explained<R extends CallResult>(
  applier: AuthApplier,
  response: EgressResponse,
  result: R,
): R {
  const why = result.ok ? null : (applier.explain?.(response) ?? null);
  return result.ok || why === null ? result : { ...result, message: `${result.message}. ${why}` };
}

/** The result of a response whose status is no success. */
export function refusal(response: EgressResponse, host: string, raw: Json): Failed {
  const { status } = response;
  const redirect = status >= 300 && status < 400 && response.headers.location !== undefined;
  const transient = status === 408 || status === 425 || status === 429 || status >= 500;
  return {
    ok: false,
    code: 'provider_error',
    message: `${host} returned ${status}${redirect ? ', a redirect, which this tool does not follow' : ''}`,
    httpStatus: status,
    sent: response.accepted ? 'unknown' : 'responded',
    transient,
    ...(transient ? { retryAfterMs: retryAfterMs(response.headers['retry-after']) } : {}),
    raw,
  };
}

/**
 * The result of a request without a usable response.
 * @param wasSent where the caller knows that the request has left
 * @throws what is none of those that `exchangeHttp` throws
 */
export function failureOf(error: unknown, host: string, signal: AbortSignal, wasSent = false): Failed {
  if (error instanceof EgressError) return egressFailure(error, host);
  if (error instanceof AuthError) {
    const { code, message, transient } = error;
    return { ok: false, code, message, sent: 'before', transient, retryAfterMs: error.retryAfterMs };
  }
  if (signal.aborted && !wasSent) {
    return {
      ok: false,
      code: 'timeout',
      message: `No request to ${host} was sent in time`,
      sent: 'before',
      transient: true,
    };
  }
  throw error;
}

function egressFailure(error: EgressError, host: string): Failed {
  const { sent, message } = error;
  const httpStatus = error.status === undefined ? {} : { httpStatus: error.status };
  const failed = { ok: false, message, sent, ...httpStatus } as const;
  switch (error.kind) {
    case 'refused':
      return { ...failed, code: 'denied', transient: false };
    case 'aborted':
      return {
        ...failed,
        code: 'timeout',
        message: sent === 'before' ? `No connection to ${host} in time` : `No response from ${host} in time`,
        transient: true,
      };
    case 'withheld':
      return { ...failed, code: 'timeout', transient: true };
    case 'unreachable':
    case 'broken':
      return { ...failed, code: 'provider_error', transient: true };
    case 'too_large':
    case 'undecodable':
      // The body of an error response does not matter: the status decides.
      return (error.status ?? 200) < 300
        ? { ...failed, code: 'invalid_output', transient: false }
        : {
            ...failed,
            code: 'provider_error',
            message: `${host} returned ${error.status}. ${message}`,
            transient: error.status === 429 || (error.status ?? 0) >= 500,
          };
  }
}
