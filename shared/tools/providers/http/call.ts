import type { ArtifactStore } from '../../../artifacts/server/artifact-store.ts';
import type { JsonObject } from '../../../platform/json.ts';
import { writeJson } from '../../../platform/json-text.ts';
import type { Egress, EgressResponse } from '../../../platform/server/egress/egress.ts';
import { authDefinitionOf } from '../../auth/registry.ts';
import { type AuthAppliers, applierOf } from '../../server/auth-appliers.ts';
import { callHeaders, exchangeHttp, explained, failureOf, refusal } from '../../server/http-exchange.ts';
import type { CallContext, CallResult, Provider } from '../../server/provider.ts';
import type { RenderedRequest } from '../rendered-request.ts';
import { callPages } from './call/call-pages.ts';
import { followStream } from './call/follow-stream.ts';
import { type ReceivedResponse, readResponse } from './call/read-response.ts';
import { encodeBody, RequestBodyError } from './call/request-body.ts';
import { filesToSend, storeResponse } from './call/stored-files.ts';
import { streamKindOf } from './call/stream-reader.ts';
import type { HttpTool } from './config.ts';
import type { Pagination } from './pagination.ts';

/** Calls an HTTP API through the egress guard, with the credential of the tool. */
export function createHttpProvider(
  egress: Egress,
  auth: AuthAppliers,
  artifacts: ArtifactStore,
): Provider<HttpTool> {
  return {
    async call(tool, request, context) {
      const { pagination, responseType } = tool.config;
      if (responseType === 'file') return callForFile(tool, request, context);
      if (pagination) return callAllPages(tool, request, context, pagination);
      const response = await exchange(tool, request, context);
      if ('failed' in response) return response.failed;
      return finish(tool, response, await conclude(tool, request, response, context.tenantId));
    },
    // Its body is JSON by now, however it arrived.
    replay: (tool, { status, headers, body }, tenantId) =>
      resultOf(
        tool,
        Buffer.from(writeJson(body)),
        { contentType: undefined, responseType: 'json', status, headers },
        tenantId,
      ),
  };

  async function exchange(
    tool: HttpTool,
    request: RenderedRequest,
    context: CallContext,
  ): Promise<EgressResponse | { failed: Failed }> {
    const { followRedirects, maxResponseBytes } = tool.config;
    const stream = tool.config.stream === undefined ? null : followStream(tool.config, context);
    try {
      const complete = withTransport(request, context, await filesToSend(artifacts, request, context));
      const response = await exchangeHttp(
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
      return response;
    } catch (error) {
      stream?.stop();
      if (error instanceof RequestBodyError) {
        const { message, transient } = error;
        return { failed: { ok: false, code: 'provider_error', message, sent: 'before', transient } };
      }
      const { host } = new URL(request.url);
      const failed = failureOf(error, host, context.signal);
      return { failed: stream?.isSilent() ? { ...failed, message: `${host} ${stream.silence}` } : failed };
    }
  }

  /** With the headers, and with what the auth knows about a refusal. */
  function finish<R extends CallResult>(tool: HttpTool, response: EgressResponse, result: R): R {
    return { ...explained(applierOf(auth, tool.auth), response, result), headers: response.headers };
  }

  async function callForFile(
    tool: HttpTool,
    request: RenderedRequest,
    context: CallContext,
  ): Promise<CallResult> {
    const secrets = [context.secret, context.previousSecret].filter((each) => each !== null);
    const onSecret = (secret: string) => {
      secrets.push(secret);
      context.onSecret(secret);
    };
    const response = await exchange(tool, request, { ...context, onSecret });
    if ('failed' in response) return response.failed;
    const result = isSuccess(response)
      ? await storeResponse(artifacts, request, response, { ...context, secrets })
      : await refusalOf(request, response, context.tenantId);
    return finish<CallResult>(tool, response, result);
  }

  async function callAllPages(
    tool: HttpTool,
    request: RenderedRequest,
    context: CallContext,
    pagination: Pagination,
  ): Promise<CallResult> {
    const responseType = readAs(tool.config.responseType);
    const { url, method } = request;
    const send = async (next: string) => {
      const response = await exchange(tool, { ...request, url: next }, context);
      if ('failed' in response || isSuccess(response)) return response;
      const refused = await refusalOf(request, response, context.tenantId);
      return { failed: finish(tool, response, refused) };
    };
    const read = await callPages({ url, method, pagination, responseType, send }, context);
    if ('failed' in read) return read.failed;
    const { body, response, cut } = read;
    const received = { contentType: undefined, responseType: 'json' as const };
    const result = await resultOf(tool, body, { ...headOf(response), ...received }, context.tenantId);
    return { ...finish(tool, response, result), ...(cut !== null && { log: [cut] }) };
  }
}

type Failed = Extract<CallResult, { ok: false }>;

/** The body as bytes, and the headers that are known only when it is sent. */
function withTransport(
  request: RenderedRequest,
  context: CallContext,
  files: ReadonlyMap<string, Buffer>,
): { request: RenderedRequest; added: Record<string, string>; body: string | Buffer | undefined } {
  const encoded = request.body === undefined ? undefined : encodeBody(request.body, request.bodyType, files);
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
  tool: HttpTool,
  request: RenderedRequest,
  response: EgressResponse,
  tenantId: string,
): Promise<CallResult> {
  const { config } = tool;
  if (!isSuccess(response)) return refusalOf(request, response, tenantId);
  const head = headOf(response);
  const body = request.method === 'HEAD' ? Buffer.alloc(0) : response.body;
  const responseType = streamKindOf(config.stream, head.contentType) ?? readAs(config.responseType);
  const streamed = responseType === 'sse' || responseType === 'ndjson';
  return { ...(await resultOf(tool, body, { ...head, responseType }, tenantId)), streamed };
}

const readAs = (type: HttpTool['config']['responseType']) => (type === 'file' ? 'binary' : type);

const isSuccess = ({ status }: EgressResponse): boolean => status >= 200 && status <= 299;

function headOf({ status, headers }: EgressResponse): Omit<ReceivedResponse, 'responseType'> {
  return { contentType: [headers['content-type']].flat()[0], status, headers: plainHeaders(headers) };
}

/** The body of an error response is shown as text when it does not match its content type. */
async function refusalOf(
  request: RenderedRequest,
  response: EgressResponse,
  tenantId: string,
): Promise<Failed> {
  const shown = await readResponse(response.body, { ...headOf(response), responseType: 'auto' }, tenantId);
  return refusal(response, new URL(request.url).host, 'problem' in shown ? shown.raw : shown.output);
}

async function resultOf(
  { config: { transform }, outputSchema }: HttpTool,
  body: Buffer,
  received: ReceivedResponse,
  tenantId: string,
): Promise<CallResult> {
  // A transform has lists of its own; the schema is that of its result.
  const schema = transform === undefined && received.responseType === 'xml' ? outputSchema : undefined;
  const read = await readResponse(body, { ...received, schema, transform }, tenantId);
  if ('output' in read) return { ok: true, ...read, httpStatus: received.status };
  return {
    ok: false,
    code: 'invalid_output',
    message: read.problem,
    httpStatus: received.status,
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
