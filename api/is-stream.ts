import type { FastifyRequest } from 'fastify';

/**
 * A request for live events, or for a WebSocket, which lasts. Clients of the Model Context Protocol accept events of what
 * they post, too.
 */
export const isStream = ({ method, headers }: Pick<FastifyRequest, 'method' | 'headers'>): boolean =>
  method === 'GET' &&
  (headers.accept?.includes('text/event-stream') === true || headers.upgrade?.toLowerCase() === 'websocket');
