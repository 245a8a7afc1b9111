import { once } from 'node:events';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { appScopes } from '../../shared/identity/app-scopes.ts';
import { authorize, can } from '../../shared/identity/roles.ts';
import { errorStatus, InterlockError } from '../../shared/platform/error-codes.ts';
import { writeJson } from '../../shared/platform/json-text.ts';
import { isObject } from '../../shared/platform/schema-properties.ts';
import { fromFastify } from '../app.ts';
import { toErrorShape, toInterlockError } from '../error-shape.ts';
import { assertSameOrigin } from '../identity/same-origin.ts';
import { beginEvents, type LiveStreams } from '../live/live-streams.ts';
import { resourceMetadataPath } from '../oauth/oauth-routes.ts';
import type { RequestContext } from '../trpc.ts';
import { callKey, newSession, sessionOf } from './call-key.ts';
import { cancelCall } from './call-tool.ts';
import { listChanges } from './list-changes.ts';
import { type KnownContext, type McpRequest, proceduresOf } from './mcp-request.ts';
import { cancelExecutionName, getExecutionName } from './own-names.ts';

const path = '/mcp';
const pingMs = 15_000;
/** A client of this revision or a later one sends requests that are complete by themselves. */
const completeFrom = '2026-07-28';

interface McpDoor {
  contextOf(request: FastifyRequest): Promise<RequestContext>;
  publicUrl: string;
  streams: LiveStreams;
  /** Whoever is cut off after it has aborted has not left. */
  stopping: AbortSignal;
}

/** The tools of an organization over the Model Context Protocol (Streamable HTTP), for programs with a key or for a person. */
export function registerMcp(app: FastifyInstance, door: McpDoor): void {
  app.register(async (scope) => {
    scope.setErrorHandler((error: Error, request, reply) => refuse(error, request, reply, door));
    scope.post(path, async (request, reply) => {
      const context = await callerOf(request, door);
      return serve(admitted(request, reply, context, door), request, reply, door);
    });
    scope.get(path, async (request, reply) => {
      const context = await callerOf(request, door);
      const revision = request.headers['mcp-protocol-version'];
      const asks = request.headers.accept?.includes('text/event-stream');
      if (!asks || (typeof revision === 'string' && revision >= completeFrom)) return notAllowed(reply);
      await tellChanges(request, reply, context, door);
    });
    scope.route({
      method: ['PUT', 'PATCH', 'DELETE'],
      url: path,
      handler: (_request, reply) => notAllowed(reply),
    });
  });
}

/** @throws InterlockError `unauthorized` without a key: a session's cookie is no credential here */
async function callerOf(request: FastifyRequest, { contextOf, publicUrl }: McpDoor): Promise<KnownContext> {
  assertSameOrigin({ method: 'POST', headers: request.headers }, publicUrl);
  const context = request.headers.authorization === undefined ? null : await contextOf(request);
  if (!context?.identity)
    throw new InterlockError('unauthorized', 'Send an API key: Authorization: Bearer <API key>.');
  return { ...context, identity: context.identity };
}

function admitted(
  request: FastifyRequest,
  reply: FastifyReply,
  context: KnownContext,
  { stopping }: McpDoor,
): McpRequest {
  if (Array.isArray(request.body))
    throw new InterlockError('bad_request', 'Send one message in a request. Nothing was done.');
  const left = new AbortController();
  // A client that is gone; without this, the error would end the process.
  reply.raw.on('error', () => left.abort());
  reply.raw.once('close', () => {
    if (!reply.raw.writableFinished && !stopping.aborted) left.abort();
  });
  return {
    context,
    procedures: proceduresOf(context),
    session: sessionOf(request.headers['mcp-session-id']),
    left: left.signal,
    leavingCancels: false,
    stopping,
  };
}

async function serve(
  mcp: McpRequest,
  request: FastifyRequest,
  reply: FastifyReply,
  door: McpDoor,
): Promise<unknown> {
  const { context, session, left } = mcp;
  const cancelled = cancelledBy(request.body);
  if (session !== null && cancelled !== undefined) {
    await cancelCall(context, callKey(context, session, cancelled));
    return reply.status(202).send();
  }
  if (lacksScope(context, request.body))
    return sendRpcError(
      reply.status(403).header('www-authenticate', challenge(door, 'insufficient_scope')),
      -32_000,
      {
        message:
          'The person for whom this app acts has let it read, and not execute tools. Nothing was done.',
      },
    );
  // Its library is loaded by the first message: starting stays quick.
  const { serveMessage } = await import('./serve-message.ts');
  const method = isObject(request.body) ? request.body.method : undefined;
  const response = await serveMessage(mcp, request, () =>
    door.streams.begin(reply, context, context.identity, 'tools.read'),
  );
  if (method === 'initialize' && response.ok) reply.header('mcp-session-id', newSession());
  return pass(response, reply, left);
}

/** A call that only needs a wider consent of the app's person: clients can ask for that. */
function lacksScope({ identity }: KnownContext, body: unknown): boolean {
  if (!identity.app || !isObject(body) || body.method !== 'tools/call' || !isObject(body.params))
    return false;
  if (body.params.name === getExecutionName || body.params.name === cancelExecutionName) return false;
  const { app, ...person } = identity;
  return can(person, 'tools.execute') && !app.permissions.includes('tools.execute');
}

/** The id that a `notifications/cancelled` names. */
function cancelledBy(body: unknown): unknown {
  if (!isObject(body) || body.method !== 'notifications/cancelled' || 'id' in body) return undefined;
  return isObject(body.params) ? body.params.requestId : undefined;
}

/** Sends a response of the library; events are written as they come. */
async function pass(response: Response, reply: FastifyReply, left: AbortSignal): Promise<unknown> {
  reply.status(response.status);
  for (const [name, value] of response.headers) reply.header(name, value);
  if (!response.headers.get('content-type')?.startsWith('text/event-stream') || !response.body)
    return reply.send(await response.text());
  const raw = beginEvents(reply);
  try {
    for await (const piece of response.body)
      if (!raw.write(piece)) await once(raw, 'drain', { signal: left });
  } catch (error) {
    if (!left.aborted) throw error;
  } finally {
    raw.end();
  }
  return reply;
}

/** The stream of a session: which lists have changed. */
async function tellChanges(
  request: FastifyRequest,
  reply: FastifyReply,
  context: KnownContext,
  { streams }: McpDoor,
): Promise<void> {
  authorize(context.identity, 'tools.read');
  const signal = streams.begin(reply, context, context.identity, 'tools.read');
  const response = beginEvents(reply);
  const ping = setInterval(() => {
    if (!response.writableNeedDrain) response.write(': ping\n\n');
  }, pingMs);
  try {
    response.write(': connected\n\n');
    for await (const kind of listChanges(context, signal)) {
      const method = `notifications/${kind.replace('_list_changed', '/list_changed')}`;
      const message = `event: message\ndata: ${writeJson({ jsonrpc: '2.0', method })}\n\n`;
      if (!response.write(message)) await once(response, 'drain', { signal });
    }
  } catch (error) {
    if (!signal.aborted) request.log.error({ err: error }, 'A stream of changes broke off');
  } finally {
    clearInterval(ping);
    response.end();
  }
}

/** Where a client finds out how it gets in (RFC 9728), and what it should ask for. */
function challenge({ publicUrl }: McpDoor, error?: 'invalid_token' | 'insufficient_scope'): string {
  const parameters = {
    realm: 'interlock',
    ...(error && { error }),
    scope: appScopes.join(' '),
    resource_metadata: new URL(resourceMetadataPath, publicUrl).href,
  };
  return `Bearer ${Object.entries(parameters)
    .map(([name, value]) => `${name}="${value}"`)
    .join(', ')}`;
}

/** Errors before there is a message to respond to. */
function refuse(error: Error, request: FastifyRequest, reply: FastifyReply, door: McpDoor): FastifyReply {
  const known = toInterlockError(fromFastify(error, request.routeOptions.bodyLimit));
  if (known.cause && (known.code === 'internal' || known.code === 'unavailable'))
    request.log.error({ err: known.cause }, known.message);
  if (known.code === 'unauthorized') {
    const sent = request.headers.authorization !== undefined;
    reply.header('www-authenticate', challenge(door, sent ? 'invalid_token' : undefined));
  }
  if (known.retryAfterSeconds !== undefined) reply.header('retry-after', Math.ceil(known.retryAfterSeconds));
  return sendRpcError(
    reply.status(errorStatus[known.code]),
    rpcCodes[known.code] ?? -32_000,
    toErrorShape(known, request.id),
  );
}

const rpcCodes: Partial<Record<InterlockError['code'], number>> = { bad_request: -32_600, internal: -32_603 };

function notAllowed(reply: FastifyReply): FastifyReply {
  return sendRpcError(reply.status(405).header('allow', 'GET, POST'), -32_000, {
    message: 'Method not allowed.',
  });
}

function sendRpcError(
  reply: FastifyReply,
  code: number,
  { message, ...data }: { message: string } & Record<string, unknown>,
): FastifyReply {
  return reply.send({ jsonrpc: '2.0', error: { code, message, data }, id: null });
}
