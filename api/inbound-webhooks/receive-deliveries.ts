import type { FastifyInstance, FastifyRequest } from 'fastify';
import { InterlockError } from '../../shared/platform/error-codes.ts';
import type { Services } from '../services.ts';

/**
 * `POST /hooks/{key}`: where other systems send deliveries. Someone who knows the key is a stranger until the signature has been
 * checked, and the signature is about the raw body, so it is not parsed before.
 */
export async function registerReceiving(app: FastifyInstance, services: () => Services): Promise<void> {
  const bodyLimit = services().environment.INTERLOCK_INBOUND_BODY_BYTES;
  await app.register(async (scope) => {
    scope.removeAllContentTypeParsers();
    scope.addContentTypeParser('*', { parseAs: 'buffer', bodyLimit }, (_request, body, done) =>
      done(null, body),
    );
    scope.post<{ Params: { key: string } }>('/hooks/:key', { bodyLimit }, async (request, reply) => {
      const { body } = request;
      if (!Buffer.isBuffer(body))
        throw new InterlockError('bad_request', 'The body is missing. Nothing was stored.');
      const received = await services().inbound.receive({
        key: request.params.key,
        headers: headersOf(request),
        body,
        address: request.ip,
      });
      if ('challenge' in received) return received;
      return reply.status(202).send(received);
    });
  });
}

/** A header that is sent more than once counts as one, as proxies write it. */
function headersOf({ headers }: FastifyRequest): Record<string, string> {
  return Object.fromEntries(
    Object.entries(headers).flatMap(([name, value]) =>
      value === undefined ? [] : [[name, Array.isArray(value) ? value.join(', ') : value]],
    ),
  );
}
