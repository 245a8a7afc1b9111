import fastifyWebsocket from '@fastify/websocket';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { WebSocket } from 'ws';
import type { Permission } from '../../shared/identity/roles.ts';
import { InterlockError } from '../../shared/platform/error-codes.ts';
import { assertSameOrigin } from '../identity/same-origin.ts';
import type { KnownContext, RequestContext } from '../trpc.ts';
import { keepAlive } from './keep-alive.ts';
import type { LiveStreams } from './live-streams.ts';

/** The protocol of graphql-ws. A client that asks for protocols gets this one or none. */
export const graphqlProtocol = 'graphql-transport-ws';
/** Of one message that a client sends, in bytes. */
const longestMessage = 128 * 1024;
const pingMs = 15_000;
/** For a client that does not respond to the end of its connection. */
const closeMs = 1_000;

/** Why a server ends a connection (RFC 6455). */
export const closeCodes = { goingAway: 1001, failed: 1011, tryAgainLater: 1013, forbidden: 4403 } as const;

/** @param tenantSlug for a page, whose WebSocket sends no `x-tenant` */
export type ContextOf = (request: FastifyRequest, tenantSlug?: string) => Promise<RequestContext>;

interface SocketOptions {
  publicUrl: string;
  streams: LiveStreams;
  /** Connections of one tenant in this process. */
  perTenant: () => number;
}

/** The WebSockets of one server. Every handler of a route calls `admit` before there is a WebSocket, and then `open`. */
export interface Sockets {
  /**
   * Whose connection it will be. @throws InterlockError `unauthorized`, `forbidden` for one that a page of another site
   * opens, `rate_limited` when the tenant has too many
   */
  admit(request: FastifyRequest, contextOf: ContextOf): Promise<KnownContext>;
  /**
   * Keeps an admitted connection while its caller may have it.
   * @returns aborts when the connection has to end, which it then does
   */
  open(
    socket: WebSocket,
    request: FastifyRequest,
    permissions: readonly Permission[],
  ): { context: KnownContext; signal: AbortSignal };
}

/** @param scope of the routes with WebSockets only: it changes how routes are handled */
export async function createSockets(
  scope: FastifyInstance,
  { publicUrl, streams, perTenant }: SocketOptions,
): Promise<Sockets> {
  await scope.register(fastifyWebsocket, {
    options: {
      maxPayload: longestMessage,
      handleProtocols: (protocols) => (protocols.has(graphqlProtocol) ? graphqlProtocol : false),
    },
    // The streams end them, and say why.
    preClose: (done) => done(),
    errorHandler: (error, socket, request) => {
      request.log.debug({ err: error }, 'A WebSocket broke off');
      socket.terminate();
    },
  });
  const admitted = new WeakMap<FastifyRequest, KnownContext>();
  const held = new Map<string, number>();

  return {
    async admit(request, contextOf) {
      // Browsers open a WebSocket for any page, send the cookie, and let that page read.
      assertSameOrigin({ method: 'POST', headers: request.headers }, publicUrl);
      const { tenant } = request.query as { tenant?: unknown };
      const context = await contextOf(request, typeof tenant === 'string' ? tenant : undefined);
      const { identity } = context;
      if (!identity) throw new InterlockError('unauthorized', 'Sign in or send an API key.');
      // Its end would not be noticed any more.
      if (request.raw.socket.destroyed) throw new InterlockError('bad_request', 'The caller has left.');
      const { tenantId } = identity;
      const open = held.get(tenantId) ?? 0;
      if (open >= perTenant())
        throw new InterlockError(
          'rate_limited',
          `This organization has ${open} connections to this process, which is as many as it may have.`,
          { retryAfterSeconds: 10, details: { open } },
        );
      held.set(tenantId, open + 1);
      request.raw.socket.once('close', () => {
        const left = (held.get(tenantId) ?? 1) - 1;
        if (left > 0) held.set(tenantId, left);
        else held.delete(tenantId);
      });
      const known = { ...context, identity };
      admitted.set(request, known);
      return known;
    },
    open(socket, request, permissions) {
      const context = admitted.get(request)!;
      const signal = streams.beginOn(socket, context, context.identity, permissions);
      keepAlive(socket, pingMs);
      const end = () => {
        const { reason } = signal;
        if (reason instanceof InterlockError) closeSocket(socket, closeCodes.forbidden, reason.message);
        else closeSocket(socket, closeCodes.goingAway, 'Connect again.');
      };
      if (signal.aborted) end();
      else signal.addEventListener('abort', end, { once: true });
      return { context, signal };
    },
  };
}

export function closeSocket(socket: WebSocket, code: number, reason: string): void {
  socket.close(code, reason);
  // What waits to be sent to a client that does not read would be kept with it.
  setTimeout(() => socket.terminate(), closeMs).unref();
}

/** Resolves when the message is on its way: until then, no further one is made. */
export function sendTo(socket: WebSocket, message: string): Promise<void> {
  if (socket.readyState !== socket.OPEN) return Promise.resolve();
  const sent = Promise.withResolvers<void>();
  socket.send(message, (error) => (error ? sent.reject(error) : sent.resolve()));
  return sent.promise;
}
