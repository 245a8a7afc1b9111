import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { errorStatus, InterlockError } from '../../shared/platform/error-codes.ts';
import { fromFastify } from '../app.ts';
import { toErrorShape, toInterlockError } from '../error-shape.ts';
import type { ContextOf, Sockets } from '../live/sockets.ts';
import type { GraphqlServer } from './serve-graphql.ts';

const paths = ['/graphql', '/api/graphql'];

/** Everything that can be read, in one query: over HTTP, and over a WebSocket with subscriptions. */
export function registerGraphql(scope: FastifyInstance, contextOf: ContextOf, sockets: Sockets): void {
  let server: GraphqlServer | undefined;
  const started = async (): Promise<GraphqlServer> => {
    // Its libraries are loaded by the first query: starting stays quick.
    const { createGraphqlServer } = await import('./serve-graphql.ts');
    server ??= createGraphqlServer();
    return server;
  };
  scope.setErrorHandler(refuse);
  // The library reads the body, and says in its own form what is wrong with it.
  scope.removeAllContentTypeParsers();
  scope.addContentTypeParser('*', { parseAs: 'string' }, (_request, body, done) => done(null, body));

  const respond = async (request: FastifyRequest, reply: FastifyReply) => {
    const context = await contextOf(request);
    if (!context.identity) throw new InterlockError('unauthorized', 'Sign in or send an API key.');
    const { respond } = await started();
    const left = new AbortController();
    reply.raw.once('close', () => left.abort());
    const { method, url, headers, body: sent } = request;
    const response = await respond(
      { method, url, headers, body: typeof sent === 'string' ? sent : null },
      { ...context, identity: context.identity },
      left.signal,
    );
    return reply.status(response.status).headers(response.headers).send(response.body);
  };
  for (const url of paths) {
    scope.route({
      method: 'GET',
      url,
      preHandler: async (request) => {
        if (request.ws) {
          await sockets.admit(request, contextOf);
          await started();
        }
      },
      handler: respond,
      wsHandler: (socket, request) => {
        const { context, signal } = sockets.open(socket, request, []);
        server!.converse(socket, context, signal);
      },
    });
    scope.route({ method: ['POST', 'PUT', 'PATCH', 'DELETE'], url, handler: respond });
  }
}

/** Errors before there is a query to respond to, in the form of GraphQL. */
function refuse(error: Error, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  const known = toInterlockError(fromFastify(error, request.routeOptions.bodyLimit));
  if (known.cause && (known.code === 'internal' || known.code === 'unavailable'))
    request.log.error({ err: known.cause }, known.message);
  if (known.code === 'unauthorized') reply.header('www-authenticate', 'Bearer realm="interlock"');
  if (known.retryAfterSeconds !== undefined) reply.header('retry-after', Math.ceil(known.retryAfterSeconds));
  const { message, ...extensions } = toErrorShape(known, request.id);
  return reply.status(errorStatus[known.code]).send({ errors: [{ message, extensions }] });
}
