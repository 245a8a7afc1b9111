import { retryAfterMs } from '../../../platform/http/retry-after.ts';
import type { JsonObject } from '../../../platform/json.ts';
import type { Json } from '../../../platform/json-text.ts';
import type { Egress, EgressResponse } from '../../../platform/server/egress/egress.ts';
import { EgressError } from '../../../platform/server/egress/egress-error.ts';
import { authDefinitionOf } from '../../auth/registry.ts';
import { type AuthApplier, AuthError } from '../../server/auth-applier.ts';
import { type AuthAppliers, applierOf } from '../../server/auth-appliers.ts';
import type { CallContext, CallResult, Provider } from '../../server/provider.ts';
import type { RenderedRequest } from '../rendered-request.ts';
import { readResponse } from './call/read-response.ts';
import { encodeBody, RequestBodyError } from './call/request-body.ts';
import type { HttpTool } from './config.ts';

type Failed = Extract<CallResult, { ok: false }>;

/** Calls an HTTP API through the egress guard, with the credential of the tool. */
export function createHttpProvider(egress: Egress, auth: AuthAppliers): Provider<HttpTool> {
  return {
    async call(tool, request, context) {
      let response: EgressResponse;
      try {
        response = await exchange(egress, auth, tool, request, context);
      } catch (error) {
        return failureOf(error, new URL(request.url).host, context.signal);
      }
      return {
        ...explained(
          applierOf(auth, tool.auth),
          response,
          await conclude(tool, request, response, context.tenantId),
        ),
        headers: response.headers,
      };
    },
  };
}

async function exchange(
  egress: Egress,
  auth: AuthAppliers,
  tool: HttpTool,
  request: RenderedRequest,
  context: CallContext,
): Promise<EgressResponse> {
  const applier = applierOf(auth, tool.auth);
  const complete = withTransport(request, context);
  let sent = false;
  const send = async (context: CallContext): Promise<EgressResponse> => {
    const { method, url, headers, clientCertificate, added } = await applier.apply(
      tool.auth,
      complete.request,
      context,
      complete.body,
    );
    return egress.request({
      tenantId: context.tenantId,
      privateHosts: context.privateHosts,
      allowedHosts: context.allowedHosts,
      caller: context.caller,
      method,
      url,
      headers,
      body: complete.body,
      clientCertificate,
      signal: context.signal,
      maxResponseBytes: tool.config.maxResponseBytes,
      followRedirects: tool.config.followRedirects && !authDefinitionOf(tool.auth).refusesRedirects,
      refusesTarget: context.refusesTarget,
      maySend: context.maySend,
      onSent: () => {
        if (!sent) context.onSent({ ...complete.added, ...added });
        sent = true;
      },
      onChunk: context.heartbeat,
    });
  };
  // 401 means that nothing was done, so any method may be sent again with a renewed credential.
  const renewed = async (context: CallContext) => {
    const response = await send(context);
    return response.status === 401 && applier.renew(tool.auth, context) ? send(context) : response;
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

/** With what the auth knows about a refusal. */
function explained(applier: AuthApplier, response: EgressResponse, result: CallResult): CallResult {
  const why = result.ok ? null : (applier.explain?.(response) ?? null);
  return result.ok || why === null ? result : { ...result, message: `${result.message}. ${why}` };
}

/** The body as bytes, and the headers that are known only when it is sent. */
function withTransport(
  request: RenderedRequest,
  { idempotencyKey, traceparent }: CallContext,
): { request: RenderedRequest; added: Record<string, string>; body: string | Buffer | undefined } {
  const encoded = request.body === undefined ? undefined : encodeBody(request.body, request.bodyType);
  const headers = { ...request.headers };
  const added: Record<string, string> = {};
  if (encoded?.contentType) {
    for (const name of Object.keys(headers)) if (name.toLowerCase() === 'content-type') delete headers[name];
    added['content-type'] = encoded.contentType;
  }
  if (idempotencyKey !== null) added['idempotency-key'] = idempotencyKey;
  // A tool that has its own keeps it.
  if (traceparent && !Object.keys(headers).some((name) => name.toLowerCase() === 'traceparent'))
    added.traceparent = traceparent;
  return { request: { ...request, headers: { ...headers, ...added } }, added, body: encoded?.body };
}

async function conclude(
  { config }: HttpTool,
  request: RenderedRequest,
  response: EgressResponse,
  tenantId: string,
): Promise<CallResult> {
  const { status } = response;
  const received = {
    contentType: [response.headers['content-type']].flat()[0],
    responseType: config.responseType,
    status,
    headers: plainHeaders(response.headers),
  };
  if (status < 200 || status > 299) {
    // The body of an error response is shown as text when it does not match its content type.
    const shown = await readResponse(response.body, { ...received, responseType: 'auto' }, tenantId);
    return refusal(response, new URL(request.url).host, 'problem' in shown ? shown.raw : shown.output);
  }
  const body = request.method === 'HEAD' ? Buffer.alloc(0) : response.body;
  const read = await readResponse(body, { ...received, transform: config.transform }, tenantId);
  if ('output' in read) return { ok: true, output: read.output, httpStatus: status };
  return {
    ok: false,
    code: 'invalid_output',
    message: read.problem,
    httpStatus: status,
    sent: 'responded',
    transient: false,
    raw: read.raw,
  };
}

function refusal(response: EgressResponse, host: string, raw: Json): Failed {
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

function plainHeaders(headers: EgressResponse['headers']): JsonObject {
  return Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [name, [value ?? ''].flat().join(', ')]),
  );
}

function failureOf(error: unknown, host: string, signal: AbortSignal): Failed {
  if (error instanceof EgressError) return egressFailure(error, host);
  if (error instanceof AuthError) {
    const { code, message, transient } = error;
    return { ok: false, code, message, sent: 'before', transient, retryAfterMs: error.retryAfterMs };
  }
  if (error instanceof RequestBodyError) {
    return { ok: false, code: 'provider_error', message: error.message, sent: 'before', transient: false };
  }
  if (signal.aborted) {
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
