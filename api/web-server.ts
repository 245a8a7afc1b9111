import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import fastifyStatic from '@fastify/static';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Logger } from 'pino';
import { InterlockError } from '../shared/platform/error-codes.ts';
import type { Environment } from '../shared/platform/server/environment.ts';
import { createApp } from './app.ts';
import type { Drain } from './drain.ts';
import { registerApiProxy } from './web-proxy.ts';

/** Whatever is no page: an unknown door answers as the API does, and so does an asset of an earlier build. */
const doors = /^\/(api|trpc|healthz|readyz|metrics|assets)(\/|\?|$)/;

/**
 * The web role: the built page for every path that is no door of the API.
 * @param dist folder of the build
 */
export async function registerWeb(app: FastifyInstance, dist: string): Promise<void> {
  const root = resolve(dist);
  if (!existsSync(root))
    throw new Error(
      `The web role needs the built page in ${root}; make it with: npx vite build --config web/vite.config.ts`,
    );
  await app.register(fastifyStatic, {
    root,
    wildcard: false,
    index: false,
    // Names of built assets carry their hash.
    setHeaders: (reply, path) => {
      reply.header(
        'cache-control',
        path.includes('/assets/') ? 'public, max-age=31536000, immutable' : 'no-cache',
      );
    },
  });
  app.setNotFoundHandler((request, reply) => {
    const page = (request.method === 'GET' || request.method === 'HEAD') && !doors.test(request.url);
    if (!page) throw noSuchDoor(request);
    return sendPage(reply);
  });
  app.get('/', (_request, reply) => sendPage(reply));
}

/** The web role apart from the API, which it reaches at `apiUrl`. */
export async function buildWebServer(
  environment: Environment,
  log: Logger,
  apiUrl: string,
  drain?: Drain,
): Promise<FastifyInstance> {
  const app = await createApp(log, environment.publicUrl, drain);
  app.get('/healthz', async () => ({ status: 'ok' }));
  await app.register(async (doors) => registerApiProxy(doors, apiUrl));
  await registerWeb(app, environment.INTERLOCK_WEB_DIST);
  return app;
}

/** Without the web role there are doors only. */
export function registerNoWeb(app: FastifyInstance): void {
  app.setNotFoundHandler((request) => {
    throw noSuchDoor(request);
  });
}

function sendPage(reply: FastifyReply): FastifyReply {
  return reply.header('cache-control', 'no-cache').sendFile('index.html');
}

function noSuchDoor(request: FastifyRequest): InterlockError {
  return new InterlockError('not_found', `There is no ${request.method} ${request.url.split('?')[0]}.`);
}
