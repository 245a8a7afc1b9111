import type { JsonObject, JsonValue } from '../../../platform/json.ts';
import { writeJson } from '../../../platform/json-text.ts';
import { isObject } from '../../../platform/schema-properties.ts';
import type { Egress, EgressResponse } from '../../../platform/server/egress/egress.ts';
import { type AuthAppliers, applierOf } from '../../server/auth-appliers.ts';
import {
  callHeaders,
  exchangeHttp,
  explained,
  failureOf,
  type HttpExchange,
  refusal,
} from '../../server/http-exchange.ts';
import type { RpcMessage } from '../../server/mcp/message-here.ts';
import {
  createMessageReader,
  readResultMessage,
  type ServerNotification,
} from '../../server/mcp/read-messages.ts';
import {
  createSessions,
  HandshakeError,
  openSession,
  responseText,
  type SessionHeaders,
} from '../../server/mcp/sessions.ts';
import type { CallContext, CallResult, Provider } from '../../server/provider.ts';
import type { RenderedRequest } from '../rendered-request.ts';
import type { McpTool } from './config.ts';
import { isStateless, type RpcRequest } from './rpc-request.ts';

const cancelMs = 2_000;
/** Of what the server logs, so much is kept with the attempt. */
const [maxLogLines, maxLineLength] = [1000, 2048];

/** Calls a tool of an MCP server (Streamable HTTP), through the egress guard. */
export function createMcpProvider(egress: Egress, appliers: AuthAppliers): Provider<McpTool> {
  const sessions = createSessions();
  return {
    async call(tool, request, context) {
      const { host } = new URL(request.url);
      const { auth, config } = tool;
      const log: string[] = [];
      const logged = <R extends CallResult>(result: R): R => (log.length > 0 ? { ...result, log } : result);
      const exchange = (
        rpc: RpcRequest,
        context: CallContext,
        more: Partial<HttpExchange> = {},
      ): Promise<EgressResponse> => {
        const added = more.added ?? {};
        const headers = { ...request.headers, ...rpc.headers, ...added };
        return exchangeHttp(
          { egress, appliers },
          {
            auth,
            request: { ...request, headers, body: rpc.body },
            body: JSON.stringify(rpc.body),
            maxResponseBytes: config.maxResponseBytes,
            ...more,
            added,
          },
          context,
        );
      };
      const key = JSON.stringify([context.tenantId, request.url, request.headers, auth]);
      const inSession = (): Promise<SessionHeaders> =>
        sessions.get(key, () => openSession((rpc) => exchange(rpc, { ...context, onSent: () => {} })));

      const callOnce = async (session: SessionHeaders): Promise<EgressResponse> => {
        const id = `${context.executionId}.${context.attempt}`;
        const calling = listen(id, context, log);
        const cancel = () => {
          if (isStateless(config.protocolVersion) || !calling.wasSent()) return;
          const unbound = { ...context, signal: AbortSignal.timeout(cancelMs), maySend: () => true };
          const rpc = { headers: session, body: cancelled(id) };
          void exchange(rpc, { ...unbound, onSent: () => {} }).catch(() => {});
        };
        context.signal.addEventListener('abort', cancel);
        try {
          const rpc = { headers: {}, body: numbered(request, id) };
          return await exchange(rpc, calling.context, {
            added: { ...callHeaders(request.headers, context), ...session },
            onPiece: calling.onPiece,
          });
        } catch (error) {
          // Some servers keep the stream open after the response.
          const response = calling.response();
          if (response === null || context.signal.aborted) throw error;
          return response;
        } finally {
          context.signal.removeEventListener('abort', cancel);
        }
      };

      let response: EgressResponse;
      try {
        if (isStateless(config.protocolVersion)) response = await callOnce({});
        else {
          const session = await inSession();
          response = await callOnce(session);
          if (response.status === 404 && 'mcp-session-id' in session) {
            sessions.forget(key, session);
            response = await callOnce(await inSession());
          }
        }
      } catch (error) {
        if (error instanceof HandshakeError) return noSession(error, host);
        return logged(failureOf(error, host, context.signal));
      }
      const id = `${context.executionId}.${context.attempt}`;
      const text = responseText(response.headers['content-type'], response.body, id);
      const message: RpcMessage =
        text === null
          ? { problem: 'The response ended before the tool did' }
          : await readResultMessage(text, context.tenantId);
      const result = conclude(message, response, { host, tool: config.tool, text: text ?? '' });
      return logged({ ...explained(applierOf(appliers, auth), response, result), headers: response.headers });
    },
  };
}

/**
 * Follows a call: its notifications are shown, and the stream is left when the response has come.
 * @param log gets the messages of the server
 */
function listen(id: string, context: CallContext, log: string[]) {
  const answered = new AbortController();
  let sent = false;
  const reader = createMessageReader(id, {
    onNotification: (each) => show(each, context, log),
    onResponse: () => answered.abort(),
  });
  return {
    context: {
      ...context,
      signal: AbortSignal.any([context.signal, answered.signal]),
      onSent: (headers?: Record<string, string>) => {
        sent = true;
        context.onSent(headers);
      },
    } satisfies CallContext,
    wasSent: () => sent,
    onPiece: (piece: Buffer) => reader.push(piece),
    /** A response that was read although its stream did not end. */
    response: (): EgressResponse | null => {
      const text = reader.response();
      if (text === null) return null;
      const headers = { 'content-type': 'application/json' };
      return { status: 200, headers, body: Buffer.from(text), url: '' };
    },
  };
}

function show(
  { method, params }: ServerNotification,
  { onOutput, heartbeat }: CallContext,
  log: string[],
): void {
  heartbeat();
  if (method === 'notifications/progress') {
    const { progress, total, message } = params as JsonObject;
    onOutput?.({
      kind: 'log',
      value: { progress: progress ?? null, total: total ?? null, message: message ?? null },
    });
  } else if (method === 'notifications/message') {
    const value = (params.data ?? null) as JsonValue;
    onOutput?.({ kind: 'log', value });
    const line = typeof value === 'string' ? value : writeJson(value);
    if (log.length < maxLogLines) log.push(line.slice(0, maxLineLength));
  }
}

/** The rendered request with what is known only when it leaves: its id, by which the server reports progress too. */
function numbered({ body }: RenderedRequest, id: string): JsonObject {
  const rpc = (isObject(body) ? body : {}) as JsonObject;
  const params = (isObject(rpc.params) ? rpc.params : {}) as JsonObject;
  const meta = (isObject(params._meta) ? params._meta : {}) as JsonObject;
  return { ...rpc, id, params: { ...params, _meta: { ...meta, progressToken: id } } };
}

const cancelled = (requestId: string): JsonObject => ({
  jsonrpc: '2.0',
  method: 'notifications/cancelled',
  params: { requestId, reason: 'The call was stopped' },
});

function noSession({ message, status }: HandshakeError, host: string): CallResult {
  return {
    ok: false,
    code: 'provider_error',
    message: `${host} ${message}. The tool was not called`,
    sent: 'before',
    transient: status === 429 || status >= 500,
  };
}

function conclude(
  message: RpcMessage,
  response: EgressResponse,
  { host, tool, text }: { host: string; tool: string; text: string },
): CallResult {
  const { status: httpStatus } = response;
  if (httpStatus < 200 || httpStatus > 299)
    return {
      ...refusal(response, host, text.slice(0, 65_536)),
      ...('refused' in message && message.refused !== '' && { reason: message.refused }),
    };
  if ('output' in message) return { ok: true, output: message.output, httpStatus };
  const failed = { ok: false, httpStatus, sent: 'responded', transient: false } as const;
  if ('failed' in message)
    return {
      ...failed,
      code: 'provider_error',
      message: `${tool} of ${host} failed`,
      raw: message.raw,
      reason: message.failed,
    };
  if ('refused' in message)
    return {
      ...failed,
      code: 'provider_error',
      message: `${host} refused the call of ${tool}. It may no longer have this tool, or take other arguments: fetch its tools again on the page of the connector`,
      raw: { code: message.code, message: message.refused },
      reason: message.refused,
    };
  return { ...failed, code: 'invalid_output', message: message.problem, raw: text.slice(0, 65_536) };
}
