import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import fastifyStatic from '@fastify/static';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Logger } from 'pino';
import { InterlockError } from '../shared/platform/error-codes.ts';
import type { ServerEnvironment } from '../shared/platform/server/environment.ts';
import { createApp } from './app.ts';
import type { Drain } from './drain.ts';
import { type Metrics, mainReaders } from './metrics.ts';
import { registerApiProxy } from './web-proxy.ts';

/** Paths that are never pages. An unknown one gets the API's 404, and so does an asset of an earlier build. */
const notPages = /^\/(api|trpc|graphql|mcp|hooks|oauth|\.well-known|healthz|readyz|metrics|assets)(\/|\?|$)/;

/**
 * The web role: serves the built page for every path that is not the API's.
 * @param dist folder of the build
 */
export async function registerWeb(app: FastifyInstance, dist: string): Promise<void> {
  const root = resolve(dist);
  if (!existsSync(root))
    throw new Error(
      `The web role needs the built page in ${root}. Build it with: npx vite build --config web/vite.config.ts`,
    );
  await app.register(fastifyStatic, {
    root,
    wildcard: false,
    // The build puts `.br` and `.gz` beside the files.
    preCompressed: true,
    globIgnore: ['**/*.{br,gz}'],
    index: false,
    // Asset names contain a hash of their content.
    setHeaders: (reply, path) => {
      reply.header(
        'cache-control',
        path.includes('/assets/') ? 'public, max-age=31536000, immutable' : 'no-cache',
      );
    },
  });
  app.setNotFoundHandler((request, reply) => {
    const page = (request.method === 'GET' || request.method === 'HEAD') && !notPages.test(request.url);
    if (!page) throw notFound(request);
    return sendPage(reply);
  });
  app.get('/', (_request, reply) => sendPage(reply));
}

/** The web role as a separate process, with the API at `apiUrl`. */
export async function buildWebServer(
  environment: ServerEnvironment,
  log: Logger,
  apiUrl: string,
  { drain, metrics }: { drain?: Drain; metrics?: Metrics } = {},
): Promise<FastifyInstance> {
  const app = await createApp(log, environment.publicUrl, {
    drain,
    allowedHosts: environment.INTERLOCK_ALLOWED_HOSTS,
    trustedProxies: environment.INTERLOCK_TRUSTED_PROXIES,
  });
  metrics?.watch(app);
  metrics?.serve(app, mainReaders(environment));
  app.get('/healthz', { config: { anyHost: true } }, async () => ({ status: 'ok' }));
  await app.register(async (scope) => registerApiProxy(scope, apiUrl));
  await registerWeb(app, environment.INTERLOCK_WEB_DIST);
  return app;
}

/** Without the web role, an unknown path is a 404. */
export function registerNoWeb(app: FastifyInstance): void {
  app.setNotFoundHandler((request) => {
    throw notFound(request);
  });
}

function sendPage(reply: FastifyReply): FastifyReply {
  return reply.header('cache-control', 'no-cache').sendFile('index.html');
}

function notFound(request: FastifyRequest): InterlockError {
  return new InterlockError('not_found', `Not found: ${request.method} ${request.url.split('?')[0]}.`);
}
