import fastifyCompress from '@fastify/compress';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';

/** Below it, such as for most executions, a response is not sent sooner when it is smaller. */
const minBytes = 4096;

/**
 * Compresses what is made for a request: JSON, documents, exports. Streams of events stay as they are, and so do the files
 * of the pages, which are compressed when they are built. zlib works beside the event loop. Call it before there are routes.
 */
export async function compressResponses(app: FastifyInstance): Promise<void> {
  app.addHook('onSend', withLength);
  await app.register(fastifyCompress, {
    // A compressed body would unpack to more than the limit of bodies.
    globalDecompression: false,
    encodings: ['br', 'gzip'],
    threshold: minBytes,
    syncThreshold: 0,
  });
  app.addHook('onRoute', (route) => {
    route.onSend = [...[route.onSend ?? []].flat(), tagEncoding];
  });
}

/** A response of tRPC as text: as a stream, every one of them would be compressed. */
async function withLength(_request: FastifyRequest, reply: FastifyReply, payload: unknown): Promise<unknown> {
  if (
    !(payload instanceof Response) ||
    !/^application\/json\b/.test(payload.headers.get('content-type') ?? '')
  )
    return payload;
  reply.status(payload.status);
  for (const [name, value] of payload.headers) reply.header(name, value);
  return payload.text();
}

/** Other bytes have another strong entity tag (RFC 9110): `"3-5f1c"` is `"3-5f1c-br"`. */
async function tagEncoding(
  _request: FastifyRequest,
  reply: FastifyReply,
  payload: unknown,
): Promise<unknown> {
  const [tag, encoding] = [reply.getHeader('etag'), reply.getHeader('content-encoding')];
  if (typeof tag === 'string' && tag.startsWith('"') && encoding !== undefined)
    reply.header('etag', tag.replace(/"$/, `-${encoding}"`));
  return payload;
}

/** The tag of a response, however it was sent. */
export const withoutEncoding = (tag: string): string => tag.replace(/-(?:br|gzip)"$/, '"');
