import { type IncomingMessage, ServerResponse, request as send } from 'node:http';
import { request as sendSecurely } from 'node:https';
import type { Duplex } from 'node:stream';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';

/** For a caller that does not respond to the end of its connection. */
const closeMs = 1_000;

/** A request that asks for a WebSocket: its connection, and what came with it. */
const upgrades = new WeakMap<IncomingMessage, { socket: Duplex; head: Buffer }>();

export const asksForSocket = ({ raw }: FastifyRequest): boolean => upgrades.has(raw);

/** Lets requests for a WebSocket through to the routes, whose hooks check them as every other. */
export function acceptSockets(app: FastifyInstance): void {
  const open = new Set<Duplex>();
  app.server.on('upgrade', (request, socket, head) => {
    upgrades.set(request, { socket, head });
    open.add(socket);
    socket.once('close', () => open.delete(socket));
    socket.on('error', () => socket.destroy());
    const response = new ServerResponse(request);
    response.assignSocket(socket as never);
    app.routing(request, response);
  });
  app.addHook('preClose', async () => {
    for (const socket of open) socket.destroy();
  });
}

/** Connects the caller's WebSocket with the API. What the API refuses is passed on as it is. */
export function forwardSocket(
  request: FastifyRequest,
  reply: FastifyReply,
  apiUrl: string,
  failed: (error: unknown) => unknown,
): Promise<FastifyReply> {
  const { socket, head } = upgrades.get(request.raw)!;
  const url = new URL(request.url, apiUrl);
  const done = Promise.withResolvers<FastifyReply>();
  const forwarded = (url.protocol === 'https:' ? sendSecurely : send)(url, {
    headers: { ...request.raw.headers, 'x-forwarded-for': request.ip },
  });
  const leave = () => forwarded.destroy();
  socket.once('close', leave);
  forwarded.once('error', (error) => done.reject(failed(error)));
  forwarded.once('response', (response) => {
    reply.status(response.statusCode ?? 502);
    for (const [name, value] of Object.entries(response.headers))
      if (value !== undefined && name !== 'connection' && name !== 'transfer-encoding')
        reply.header(name, value);
    done.resolve(reply.send(response));
  });
  forwarded.once('upgrade', (response, upstream, first) => {
    reply.hijack();
    (reply.raw as ServerResponse).detachSocket(socket as never);
    const lines = response.rawHeaders.flatMap((name, index) =>
      index % 2 === 0 ? [`${name}: ${response.rawHeaders[index + 1]}`] : [],
    );
    socket.write(`HTTP/1.1 101 Switching Protocols\r\n${lines.join('\r\n')}\r\n\r\n`);
    if (first.length > 0) socket.write(first);
    if (head.length > 0) upstream.write(head);
    upstream.on('error', () => socket.destroy());
    upstream.once('close', () => {
      // The last bytes say why it has ended.
      socket.end();
      setTimeout(() => socket.destroy(), closeMs).unref();
    });
    socket.once('close', () => upstream.destroy());
    upstream.pipe(socket).pipe(upstream);
    done.resolve(reply);
  });
  forwarded.end();
  return done.promise;
}
