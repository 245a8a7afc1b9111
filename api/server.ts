import { randomUUID } from 'node:crypto';
import helmet from '@fastify/helmet';
import { fastifyTRPCPlugin } from '@trpc/server/adapters/fastify';
import fastify, { type FastifyBaseLogger, type FastifyInstance, type FastifyRequest } from 'fastify';
import { InterlockError } from '../shared/pure/error-codes.ts';
import { registerHealth } from './health.ts';
import type { Accounts } from './identity/accounts.ts';
import { registerAuthRoutes } from './identity/auth-routes.ts';
import { registerApiDocs } from './rest/api-docs.ts';
import { registerRest, sendError } from './rest/rest-bridge.ts';
import { type AppRouter, appRouter } from './router.ts';
import type { Services } from './services.ts';
import type { RequestContext } from './trpc.ts';

/** A definition with two schemas at their limit fits; a larger body is refused before it is read. */
const bodyLimitBytes = 1_048_576;

export interface ServerOptions {
  log: Services['log'];
  accounts: Accounts;
  /** Null while the process still waits for PostgreSQL or Temporal: every door then answers 503. */
  services: () => Services | null;
  publicUrl: string;
}

/** The API's doors: tRPC, REST with its documentation, accounts, health. */
export async function buildServer(options: ServerOptions): Promise<FastifyInstance> {
  const app = fastify({
    loggerInstance: options.log as FastifyBaseLogger,
    disableRequestLogging: true,
    genReqId: () => randomUUID(),
    bodyLimit: bodyLimitBytes,
    // Live streams stay open; a stop must not wait for them.
    forceCloseConnections: true,
    routerOptions: { maxParamLength: 2_000 },
  });
  app.addHook('onRequest', async (request, reply) => {
    reply.header('x-request-id', request.id);
  });
  await app.register(helmet, {
    contentSecurityPolicy: {
      directives: {
        'default-src': ["'self'"],
        'script-src': ["'self'"],
        // The code editor writes its styles into the page.
        'style-src': ["'self'", "'unsafe-inline'"],
        'img-src': ["'self'", 'data:'],
        'connect-src': ["'self'"],
        'frame-ancestors': ["'none'"],
        'upgrade-insecure-requests': null,
      },
    },
    // The product may be served over plain HTTP on loopback; a proxy with TLS sets its own.
    strictTransportSecurity: options.publicUrl.startsWith('https:'),
  });

  async function contextOf(request: FastifyRequest, tenantSlug?: string): Promise<RequestContext> {
    const services = options.services();
    if (!services)
      throw new InterlockError('unavailable', 'Interlock is starting. Try again in a moment.', {
        retryAfterSeconds: 2,
      });
    const identity = await options.accounts.identify(request, tenantSlug);
    return { services, requestId: request.id, identity };
  }

  app.setErrorHandler((error: Error & { code?: string; statusCode?: number }, request, reply) =>
    sendError(ofFastify(error), request, reply),
  );

  registerHealth(app, options.services);
  registerAuthRoutes(app, options.accounts);
  await registerApiDocs(app, options.publicUrl);
  registerRest(app, contextOf);
  await app.register(fastifyTRPCPlugin<AppRouter>, {
    prefix: '/trpc',
    trpcOptions: {
      router: appRouter,
      createContext: ({ req, info }) => contextOf(req, info.connectionParams?.tenant),
      onError: ({ error, path, req }) => {
        if (error.code === 'INTERNAL_SERVER_ERROR')
          req.log.error({ err: error.cause ?? error, path }, 'A procedure failed');
      },
    },
  });
  return app;
}

/** What Fastify itself refuses, in our words. */
function ofFastify(error: Error & { code?: string; statusCode?: number }): Error {
  switch (error.code) {
    case 'FST_ERR_CTP_BODY_TOO_LARGE':
      return new InterlockError('payload_too_large', `The body is larger than ${bodyLimitBytes} bytes.`);
    case 'FST_ERR_CTP_INVALID_MEDIA_TYPE':
      return new InterlockError('bad_request', 'Send the body as application/json.');
    case 'FST_ERR_CTP_INVALID_JSON_BODY':
    case 'FST_ERR_CTP_EMPTY_JSON_BODY':
      return new InterlockError('bad_request', 'The body is not valid JSON.');
    default:
      return error.statusCode &&
        error.statusCode >= 400 &&
        error.statusCode < 500 &&
        !(error instanceof InterlockError)
        ? new InterlockError('bad_request', error.message)
        : error;
  }
}
