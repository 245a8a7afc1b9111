import { z } from 'zod';
import { permissionRole } from '../../shared/identity/roles.ts';
import { errorResponses } from '../rest/schema-components.ts';
import { liveSocketQuerySchema } from './live-socket.ts';

const query = z.toJSONSchema(liveSocketQuerySchema, { io: 'input' }).properties ?? {};

/** The WebSocket's part of the OpenAPI document. */
export const liveSocketPaths = {
  '/api/live': {
    get: {
      operationId: 'live',
      summary: 'Follow events, or what an execution shows, over a WebSocket',
      description:
        `Requires the role \`${permissionRole['events.read']}\`. The same as the two streams of server-sent events, each message ` +
        'as JSON: `{id, data}` is an event or a chunk, `{event: "connected" | "ping", id}` a position, `{event: "end"}` the last ' +
        'one of an execution. A client that reconnects with `after` misses nothing. The connection ends after ten minutes or ' +
        'when the server stops (1001), and when its caller may no longer listen (4403).',
      tags: ['events'],
      parameters: Object.entries(query).map(([name, schema]) => ({ name, in: 'query', schema })),
      responses: {
        '101': { description: 'The connection is a WebSocket' },
        ...errorResponses(400, 401, 403, 404, 422, 429, 500, 503),
      },
    },
  },
};
