import { randomUUID } from 'node:crypto';
import helmet from '@fastify/helmet';
import fastify, { type FastifyBaseLogger, type FastifyInstance, LogController } from 'fastify';
import type { Logger } from 'pino';
import { isSocketRequest } from '../shared/platform/api-paths.ts';
import { InterlockError } from '../shared/platform/error-codes.ts';
import { pointer } from '../shared/platform/json-pointer.ts';
import { writeJson } from '../shared/platform/json-text.ts';
import { hasUnusualNumbers } from '../shared/platform/read-json.ts';
import { checkHosts } from './allowed-hosts.ts';
import type { Drain } from './drain.ts';
import { readSent } from './exact-inputs.ts';
import { keepScope } from './keep-scope.ts';
import { sendError } from './rest/rest-bridge.ts';

/** Large enough for a definition whose two schemas have the largest allowed size. */
const bodyLimitBytes = 1_048_576;

export interface AppOptions {
  drain?: Drain | undefined;
  /** Names of this server besides that of the public URL. */
  allowedHosts?: readonly string[];
  /** Whose `x-forwarded-for` is believed. */
  trustedProxies?: readonly string[];
}

/** The base of every server: request ids, one error response, strict headers. */
export async function createApp(
  log: Logger,
  publicUrl: string,
  { drain, allowedHosts = [], trustedProxies = [] }: AppOptions = {},
): Promise<FastifyInstance> {
  const app = fastify({
    loggerInstance: log as FastifyBaseLogger,
    logController: new LogController({ disableRequestLogging: true }),
    genReqId: () => randomUUID(),
    // The scope names the request in every line, not only in those of `request.log`.
    childLoggerFactory: (logger) => logger,
    bodyLimit: bodyLimitBytes,
    trustProxy: trustedProxies.length > 0 ? [...trustedProxies] : false,
    // A stop must not wait for live streams, which stay open.
    forceCloseConnections: true,
    routerOptions: { maxParamLength: 2_000 },
    // Some clients ask every server for HTTP/2 in this way: they get the response that they would get without it.
    http: { shouldUpgradeCallback: isSocketRequest },
    // Errors before there is a route: a malformed path, or a parameter that is too long.
    frameworkErrors: (error, request, reply) => {
      reply.header('x-request-id', request.id).header('cache-control', 'no-store');
      const known =
        error.code === 'FST_ERR_MAX_PARAM_LENGTH'
          ? new InterlockError('not_found', 'Not found.')
          : new InterlockError('bad_request', 'The URL contains an invalid escape sequence.');
      return sendError(known, request, reply);
    },
  });
  app.removeContentTypeParser('text/plain');
  app.setReplySerializer((payload) => writeJson(payload));
  acceptEmptyJson(app);
  keepScope(app);
  app.addHook('onRequest', async (request, reply) => {
    reply.header('x-request-id', request.id);
  });
  // The connection of a WebSocket that was refused serves no other request.
  app.addHook('onResponse', async ({ raw }) => {
    if (isSocketRequest(raw)) raw.socket.destroySoon();
  });
  checkHosts(app, publicUrl, allowedHosts);
  drain?.watch(app);
  app.addHook('onSend', async (_request, reply) => {
    if (!reply.hasHeader('cache-control')) reply.header('cache-control', 'no-store');
  });
  await app.register(helmet, {
    contentSecurityPolicy: {
      directives: {
        'default-src': ["'self'"],
        'script-src': ["'self'"],
        // The code editor adds inline styles.
        'style-src': ["'self'", "'unsafe-inline'"],
        'img-src': ["'self'", 'data:'],
        'connect-src': ["'self'"],
        'frame-ancestors': ["'none'"],
        'upgrade-insecure-requests': null,
      },
    },
    // With the default, no-referrer, browsers send `Origin: null` even to our own server.
    referrerPolicy: { policy: 'same-origin' },
    // The product may be served over plain HTTP on loopback.
    strictTransportSecurity: publicUrl.startsWith('https:'),
  });

  app.setErrorHandler((error: Error & { code?: string; statusCode?: number }, request, reply) =>
    sendError(fromFastify(error, request.routeOptions.bodyLimit), request, reply),
  );
  return app;
}

/** Many clients send the JSON content type on every request, also without a body. */
function acceptEmptyJson(app: FastifyInstance): void {
  const parse = app.getDefaultJsonParser('error', 'error');
  app.removeContentTypeParser('application/json');
  app.addContentTypeParser('application/json', { parseAs: 'string' }, (request, body, done) => {
    if (body === '') done(null, undefined);
    else
      parse(request, body as string, (error, value) => {
        if (error) done(poisonedKey(body as string) ?? error);
        else if (request.routeOptions.config.plainNumbers) done(null, value);
        else withExactNumbers(body as string, value, done);
      });
  });
}

/** The parser changes some numbers; a body that may have such is read again. */
function withExactNumbers(
  body: string,
  value: unknown,
  done: (error: Error | null, value?: unknown) => void,
): void {
  let exact = value;
  try {
    if (hasUnusualNumbers(body)) exact = readSent(body);
  } catch (error) {
    done(error as Error);
    return;
  }
  done(null, exact);
}

/** The parser refuses keys that could change what an object is. This says where such a key is. */
function poisonedKey(body: string): InterlockError | null {
  let open: { value: unknown; path: string }[];
  try {
    open = [{ value: JSON.parse(body), path: '' }];
  } catch {
    return null;
  }
  for (let at = open.pop(); at; at = open.pop()) {
    if (typeof at.value !== 'object' || at.value === null) continue;
    for (const [key, value] of Object.entries(at.value)) {
      const path = pointer(at.path, key);
      const poisoned =
        key === '__proto__' ||
        (key === 'constructor' &&
          typeof value === 'object' &&
          value !== null &&
          Object.hasOwn(value, 'prototype'));
      if (poisoned)
        return new InterlockError('bad_request', `The key ${key} is not allowed.`, {
          issues: [{ path, message: 'is not an allowed key', keyword: 'key' }],
        });
      open.push({ value, path });
    }
  }
  return null;
}

/** Fastify's own errors as ours. */
export function fromFastify(error: Error & { code?: string; statusCode?: number }, bodyLimit: number): Error {
  switch (error.code) {
    case 'FST_ERR_CTP_BODY_TOO_LARGE':
      return new InterlockError('payload_too_large', `The body is larger than ${bodyLimit} bytes.`);
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
