import {
  type FastifyTRPCPluginOptions,
  fastifyRequestHandler,
  fastifyTRPCPlugin,
} from '@trpc/server/adapters/fastify';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { KeyDoor } from '../shared/identity/roles.ts';
import type { Accounts } from '../shared/identity/server/accounts.ts';
import { InterlockError } from '../shared/platform/error-codes.ts';
import { createApp } from './app.ts';
import { registerArtifactDownload } from './artifacts/download-artifact.ts';
import { registerAuditExport } from './audit/export-audit.ts';
import { registerCollectors } from './collectors.ts';
import { compressResponses } from './compression.ts';
import { registerOauthCallback } from './credentials/oauth-callback.ts';
import type { Drain } from './drain.ts';
import { toTrpcError } from './error-shape.ts';
import { registerEvidence } from './evidence/export-evidence.ts';
import { keepExactInputs } from './exact-inputs.ts';
import { registerAttachmentDownload } from './exceptions/download-attachment.ts';
import { registerGraphql } from './graphql/graphql-door.ts';
import { registerHealth } from './health.ts';
import { registerAuthRoutes } from './identity/auth-routes.ts';
import { identifyCaller, sessionDigest } from './identity/identify-caller.ts';
import { registerJoinRoutes } from './identity/join-routes.ts';
import { keepOrigin } from './identity/keep-origin.ts';
import { registerReceiving } from './inbound-webhooks/receive-deliveries.ts';
import { registerEventStream } from './live/event-stream.ts';
import { registerLiveSocket } from './live/live-socket.ts';
import { createLiveStreams } from './live/live-streams.ts';
import { registerOutputStream } from './live/output-stream.ts';
import { createSockets } from './live/sockets.ts';
import { registerMcp } from './mcp/mcp-door.ts';
import type { Metrics, MetricsReaders } from './metrics.ts';
import { registerUnsubscribe } from './notifications/unsubscribe-link.ts';
import { registerOauth } from './oauth/oauth-routes.ts';
import { registerPersonExport } from './personal-data/export-person.ts';
import type { WorkerState } from './readiness.ts';
import { registerApiDocs } from './rest/api-docs.ts';
import { registerExports } from './rest/exports.ts';
import { largeBody, registerRest } from './rest/rest-bridge.ts';
import { restOperations } from './rest/rest-operations.ts';
import { type AppRouter, appRouter } from './router.ts';
import type { Services } from './services.ts';
import type { RequestContext } from './trpc.ts';
import { registerNoWeb, registerWeb } from './web-server.ts';

export interface ServerOptions {
  log: Services['log'];
  accounts: Accounts;
  services: () => Services;
  /** Null until the process is ready. While it waits for Temporal, it serves reads, and accepts executions for later. */
  ready?: () => Services | null;
  /** What the worker of this process does. */
  worker?: () => WorkerState;
  publicUrl: string;
  /** Folder of the built page; null when another process serves the page. */
  webDist: string | null;
  /** JSON for /api/demo-accounts, or null until it is known that it may be shown; undefined: no such route. */
  demoAccounts?: () => string | null;
  metrics: Metrics;
  metricsReaders: MetricsReaders;
  allowedHosts?: readonly string[];
  drain?: Drain;
  /** Whose `x-forwarded-for` is believed. */
  trustedProxies?: readonly string[];
}

/** The API's server: tRPC, REST with its documentation, sessions, live events, health. */
export async function buildServer(options: ServerOptions): Promise<FastifyInstance> {
  const app = await createApp(options.log, options.publicUrl, options);
  await compressResponses(app);
  keepOrigin(app);

  const contextBy =
    (door: KeyDoor) =>
    async (request: FastifyRequest, tenantSlug?: string): Promise<RequestContext> => {
      const services = options.services();
      const via = { door, address: request.ip };
      const identify = () => identifyCaller(options.accounts, options.publicUrl, request, via, tenantSlug);
      const identity = await identify();
      return { services, requestId: request.id, identity, session: sessionDigest(request), identify };
    };

  options.metrics.watch(app);
  registerCollectors(options.metrics, options.services);
  options.metrics.serve(app, options.metricsReaders);
  registerHealth(app, options.ready ?? options.services, options.worker);
  registerAuthRoutes(app, options.accounts);
  registerJoinRoutes(app, options);
  await registerApiDocs(app, options.publicUrl);
  await registerReceiving(app, options.services);
  const streams = createLiveStreams(app, options.drain?.begun);
  registerRest(app, contextBy('rest'), streams);
  registerExports(app, contextBy('rest'));
  registerAuditExport(app, contextBy('rest'));
  registerEvidence(app, contextBy('rest'));
  registerPersonExport(app, contextBy('rest'));
  registerArtifactDownload(app, contextBy('rest'));
  registerAttachmentDownload(app, contextBy('rest'));
  registerEventStream(app, contextBy('live'), streams);
  registerOutputStream(app, contextBy('live'), streams);
  await app.register(async (scope) => {
    const sockets = await createSockets(scope, {
      publicUrl: options.publicUrl,
      streams,
      perTenant: () => options.services().environment.INTERLOCK_TENANT_SOCKETS,
    });
    registerLiveSocket(scope, contextBy('live'), sockets);
    await scope.register(async (inner) => registerGraphql(inner, contextBy('graphql'), sockets));
  });
  registerMcp(app, {
    contextOf: contextBy('mcp'),
    publicUrl: options.publicUrl,
    streams,
    stopping: options.drain?.begun ?? new AbortController().signal,
  });
  registerOauth(app, options);
  registerUnsubscribe(app, options.services);
  registerOauthCallback(app, options.services, contextBy('rest'));
  const contextOfCall = contextBy('trpc');
  await app.register(async (scope) => {
    keepExactInputs(scope);
    const trpcOptions: FastifyTRPCPluginOptions<AppRouter>['trpcOptions'] = {
      router: appRouter,
      // Its streams say no-cache alone, which allows to store them.
      responseMeta: () => ({ headers: new Headers({ 'cache-control': 'no-store' }) }),
      createContext: ({ req, info }) =>
        contextOfCall(req, info.connectionParams?.tenant).catch((error: unknown) => {
          throw toTrpcError(error, req.id);
        }),
      onError: ({ error, path, req }) => {
        if (error.code !== 'INTERNAL_SERVER_ERROR' && error.code !== 'SERVICE_UNAVAILABLE') return;
        if (error.cause instanceof InterlockError && error.cause.code === 'overloaded') return;
        req.log.error({ err: error.cause?.cause ?? error.cause ?? error, path }, 'A procedure failed');
      },
    };
    await scope.register(fastifyTRPCPlugin<AppRouter>, { prefix: '/trpc', trpcOptions });
    await scope.register(async (large) => {
      large.removeContentTypeParser('application/json');
      large.addContentTypeParser('application/json', { parseAs: 'string' }, (_request, body, done) =>
        done(null, body),
      );
      for (const operation of restOperations.filter(({ rest }) => rest.bodyLimit !== undefined)) {
        const handle = (req: FastifyRequest, res: FastifyReply) =>
          fastifyRequestHandler({ ...trpcOptions, req, res, path: operation.name });
        // Without the permission, the procedure refuses before it reads an input.
        large.post(`/trpc/${operation.name}`, largeBody(operation, contextOfCall, handle), handle);
      }
    });
  });
  const { demoAccounts } = options;
  if (demoAccounts) {
    app.get('/api/demo-accounts', async (_request, reply) => {
      const accounts = demoAccounts();
      if (accounts === null) throw starting();
      return reply.type('application/json').send(accounts);
    });
  }
  if (options.webDist === null) registerNoWeb(app);
  else await registerWeb(app, options.webDist);
  return app;
}

function starting(): InterlockError {
  return new InterlockError('unavailable', 'Interlock is starting. Try again in a moment.', {
    retryAfterSeconds: 2,
  });
}
