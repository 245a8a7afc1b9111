import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { Agent, request as send } from 'undici';
import { InterlockError } from '../shared/platform/error-codes.ts';

/** Belong to one connection, not to what travels over it. */
const hopByHop = new Set([
  'connection',
  'keep-alive',
  'transfer-encoding',
  'upgrade',
  'te',
  'trailer',
  'proxy-authorization',
]);

/**
 * Where the web role runs apart from the API: its doors are passed on, so that pages, cookies and live streams have one
 * origin.
 */
export function registerApiProxy(app: FastifyInstance, apiUrl: string): void {
  // A live stream is silent for as long as nothing happens.
  const agent = new Agent({ bodyTimeout: 0, headersTimeout: 150_000 });
  app.addHook('onClose', () => agent.close());
  app.removeAllContentTypeParsers();
  app.addContentTypeParser('*', (_request, payload, done) => done(null, payload));

  const pass = async (request: FastifyRequest, reply: FastifyReply) => {
    const headers = Object.fromEntries(
      Object.entries(request.headers).filter(([name]) => !hopByHop.has(name)),
    );
    const aborted = new AbortController();
    reply.raw.once('close', () => aborted.abort());
    const answer = await send(new URL(request.url, apiUrl), {
      method: request.method as 'GET',
      headers,
      body: request.method === 'GET' || request.method === 'HEAD' ? null : (request.body as never),
      dispatcher: agent,
      signal: aborted.signal,
    }).catch((cause: unknown) => {
      throw new InterlockError('unavailable', 'The API does not answer. Try again.', { cause });
    });
    reply.status(answer.statusCode);
    for (const [name, value] of Object.entries(answer.headers))
      if (value !== undefined && !hopByHop.has(name)) reply.header(name, value);
    return reply.send(answer.body);
  };
  for (const url of ['/api/*', '/trpc/*', '/readyz', '/metrics']) app.all(url, pass);
}
