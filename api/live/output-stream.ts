import { once } from 'node:events';
import type { ServerResponse } from 'node:http';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { z } from 'zod';
import {
  type ChunkPage,
  chunkListInputSchema,
  type OutputChunk,
} from '../../shared/executions/output-chunks.ts';
import { authorize } from '../../shared/identity/roles.ts';
import { InterlockError } from '../../shared/platform/error-codes.ts';
import { writeJson } from '../../shared/platform/json-text.ts';
import { sendError } from '../rest/rest-bridge.ts';
import type { RequestContext } from '../trpc.ts';
import { followOutput } from './follow-output.ts';
import { beginEvents, type LiveStreams } from './live-streams.ts';

const pingMs = 15_000;

export const outputStreamQuerySchema = z.object({
  /** The position of the last chunk that the listener has. Reconnects send it in `Last-Event-ID`. */
  after: chunkListInputSchema.shape.after,
  /** The organization of a person, by its slug, for an EventSource: it sends no `x-tenant`. */
  tenant: z.string().max(128).optional(),
});

/**
 * `GET /api/tools/executions/{id}/chunks/stream`: what an execution shows while it runs, as server-sent events. The `id` of a
 * message is the position behind its chunk. The last message has the event type `end`.
 */
export function registerOutputStream(
  app: FastifyInstance,
  contextOf: (request: FastifyRequest, tenantSlug?: string) => Promise<RequestContext>,
  streams: LiveStreams,
): void {
  app.get<{ Params: { id: string } }>('/api/tools/executions/:id/chunks/stream', async (request, reply) => {
    try {
      const asked = outputStreamQuerySchema.safeParse(request.query);
      const context = await contextOf(request, asked.data?.tenant);
      const { services, identity } = context;
      if (!identity) throw new InterlockError('unauthorized', 'Sign in or send an API key.');
      authorize(identity, 'executions.read');
      if (!asked.success) throw asked.error;
      const { id } = request.params;
      const from = [request.headers['last-event-id']].flat()[0] ?? asked.data.after;
      const read = (after: string | undefined) =>
        services.executor.chunks(identity, chunkListInputSchema.parse({ id, after }));
      const first = await read(from);
      const signal = streams.begin(reply, context, identity, 'executions.read');
      const response = beginEvents(reply);
      write(response, first, read, signal).catch((error: unknown) => {
        if (!signal.aborted) request.log.error({ err: error }, 'A stream of an output broke off');
      });
    } catch (error) {
      return sendError(error, request, reply);
    }
  });
}

async function write(
  response: ServerResponse,
  first: ChunkPage,
  read: (after: string) => Promise<ChunkPage>,
  signal: AbortSignal,
): Promise<void> {
  response.write(': connected\n\n');
  const ping = setInterval(() => {
    if (!response.writableNeedDrain) response.write(': ping\n\n');
  }, pingMs);
  try {
    for await (const { items, ended } of followOutput(first, read, signal)) {
      const frames = items.map(frameOf).join('');
      if (frames !== '' && !response.write(frames)) await once(response, 'drain', { signal });
      if (ended) response.write('event: end\ndata: {}\n\n');
    }
  } finally {
    clearInterval(ping);
    response.end();
  }
}

function frameOf(chunk: OutputChunk): string {
  return `id: ${chunk.attempt}.${chunk.number}\ndata: ${writeJson(chunk)}\n\n`;
}
