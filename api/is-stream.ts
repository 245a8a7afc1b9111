import type { FastifyRequest } from 'fastify';
import { isSocketRequest } from '../shared/platform/api-paths.ts';

/**
 * A request for live events, or for a WebSocket, which lasts. Clients of the Model Context Protocol accept events of what
 * they post, too.
 */
export const isStream = (request: Pick<FastifyRequest, 'method' | 'headers' | 'url'>): boolean =>
  request.method === 'GET' &&
  (request.headers.accept?.includes('text/event-stream') === true || isSocketRequest(request));
