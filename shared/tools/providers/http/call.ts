import type { JsonObject } from '../../../platform/json.ts';
import type { Egress, EgressResponse } from '../../../platform/server/egress/egress.ts';
import { authDefinitionOf } from '../../auth/registry.ts';
import { type AuthAppliers, applierOf } from '../../server/auth-appliers.ts';
import { callHeaders, exchangeHttp, explained, failureOf, refusal } from '../../server/http-exchange.ts';
import type { CallContext, CallResult, Provider } from '../../server/provider.ts';
import type { RenderedRequest } from '../rendered-request.ts';
import { followStream } from './call/follow-stream.ts';
import { readResponse } from './call/read-response.ts';
import { encodeBody, RequestBodyError } from './call/request-body.ts';
import { streamKindOf } from './call/stream-reader.ts';
import type { HttpTool } from './config.ts';

/** Calls an HTTP API through the egress guard, with the credential of the tool. */
export function createHttpProvider(egress: Egress, auth: AuthAppliers): Provider<HttpTool> {
  return {
    async call(tool, request, context) {
      const { followRedirects, maxResponseBytes } = tool.config;
      const stream = tool.config.stream === undefined ? null : followStream(tool.config, context);
      let response: EgressResponse;
      try {
        const complete = withTransport(request, context);
        response = await exchangeHttp(
          { egress, appliers: auth },
          {
            ...complete,
            auth: tool.auth,
            maxResponseBytes,
            followRedirects: followRedirects && !authDefinitionOf(tool.auth).refusesRedirects,
            ...(stream && { onPiece: stream.onPiece }),
          },
          stream ? { ...context, signal: stream.signal } : context,
        );
        stream?.end();
      } catch (error) {
        stream?.stop();
        if (error instanceof RequestBodyError)
          return {
            ok: false,
            code: 'provider_error',
            message: error.message,
            sent: 'before',
            transient: false,
          };
        const { host } = new URL(request.url);
        const failed = failureOf(error, host, context.signal);
        return stream?.isSilent() ? { ...failed, message: `${host} ${stream.silence}` } : failed;
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

/** The body as bytes, and the headers that are known only when it is sent. */
function withTransport(
  request: RenderedRequest,
  context: CallContext,
): { request: RenderedRequest; added: Record<string, string>; body: string | Buffer | undefined } {
  const encoded = request.body === undefined ? undefined : encodeBody(request.body, request.bodyType);
  const headers = { ...request.headers };
  const added: Record<string, string> = {};
  if (encoded?.contentType) {
    for (const name of Object.keys(headers)) if (name.toLowerCase() === 'content-type') delete headers[name];
    added['content-type'] = encoded.contentType;
  }
  Object.assign(added, callHeaders(headers, context));
  return { request: { ...request, headers: { ...headers, ...added } }, added, body: encoded?.body };
}

async function conclude(
  { config }: HttpTool,
  request: RenderedRequest,
  response: EgressResponse,
  tenantId: string,
): Promise<CallResult> {
  const { status } = response;
  const contentType = [response.headers['content-type']].flat()[0];
  const received = {
    contentType,
    responseType: streamKindOf(config.stream, contentType) ?? config.responseType,
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

function plainHeaders(headers: EgressResponse['headers']): JsonObject {
  return Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [name, [value ?? ''].flat().join(', ')]),
  );
}
