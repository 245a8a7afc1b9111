import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { Agent, request as send } from 'undici';
import { apiPaths } from '../shared/platform/api-paths.ts';
import { InterlockError } from '../shared/platform/error-codes.ts';
import { outcomeNotKnown } from './error-shape.ts';
import { acceptSockets, asksForSocket, forwardSocket } from './forward-sockets.ts';

/** Headers that are about one connection, so they are not forwarded. */
const hopByHop = new Set([
  'connection',
  'keep-alive',
  'transfer-encoding',
  'upgrade',
  'te',
  'trailer',
  'proxy-authorization',
]);

/** Of a request that was never sent. */
const notConnected = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'UND_ERR_CONNECT_TIMEOUT',
]);

function failure(method: string, cause: unknown): InterlockError {
  const { code } = cause as { code?: string };
  const isRead = method === 'GET' || method === 'HEAD';
  if (!isRead && !notConnected.has(code ?? '')) return outcomeNotKnown(cause);
  return new InterlockError('unavailable', 'The API is unavailable. Nothing was changed. Try again.', {
    cause,
    retryAfterSeconds: 2,
  });
}

/**
 * Forwards the API's routes when the web role is a separate process, so that pages, cookies and live streams have one
 * origin.
 */
export function registerApiProxy(app: FastifyInstance, apiUrl: string): void {
  // A live stream may be silent for a long time.
  const agent = new Agent({ bodyTimeout: 0, headersTimeout: 150_000 });
  app.addHook('onClose', () => agent.close());
  app.removeAllContentTypeParsers();
  app.addContentTypeParser('*', (_request, payload, done) => done(null, payload));

  const forward = async (request: FastifyRequest, reply: FastifyReply) => {
    if (asksForSocket(request))
      return forwardSocket(request, reply, apiUrl, (cause) => failure('GET', cause));
    const headers = {
      ...Object.fromEntries(Object.entries(request.headers).filter(([name]) => !hopByHop.has(name))),
      // The API believes it when this process is one of its trusted proxies.
      'x-forwarded-for': request.ip,
    };
    const aborted = new AbortController();
    reply.raw.once('close', () => aborted.abort());
    const response = await send(new URL(request.url, apiUrl), {
      method: request.method as 'GET',
      headers,
      body: request.method === 'GET' || request.method === 'HEAD' ? null : (request.body as never),
      dispatcher: agent,
      signal: aborted.signal,
    }).catch((cause: unknown) => {
      throw failure(request.method, cause);
    });
    reply.status(response.statusCode);
    for (const [name, value] of Object.entries(response.headers))
      if (value !== undefined && !hopByHop.has(name)) reply.header(name, value);
    return reply.send(response.body);
  };
  for (const path of apiPaths) {
    app.all(path, forward);
    app.all(`${path}/*`, forward);
  }
  app.all('/readyz', { config: { anyHost: true } }, forward);
  acceptSockets(app);
}
