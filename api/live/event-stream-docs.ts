import { z } from 'zod';
import { streamEventSchema } from '../../shared/events/event-schemas.ts';
import { permissionRole } from '../../shared/identity/roles.ts';
import { errorResponses } from '../rest/schema-components.ts';
import { eventStreamQuerySchema } from './event-stream.ts';

const query = z.toJSONSchema(eventStreamQuerySchema, { io: 'input' }).properties ?? {};
const { $schema, ...event } = z.toJSONSchema(streamEventSchema, { io: 'output' });

/** The stream's part of the OpenAPI document. */
export const eventStreamPaths = {
  '/api/events/stream': {
    get: {
      operationId: 'events_stream',
      summary: 'Follow events as server-sent events',
      description:
        `Requires the role \`${permissionRole['events.read']}\`. The \`data\` of each message is an event, its \`id\` the ` +
        'position after it. A client that reconnects with `Last-Event-ID` misses nothing. Comments keep the ' +
        'connection alive. The stream ends after ten minutes or when the server stops; then connect again. ' +
        'The WebSocket `/api/live` takes the same parameters, and `after` for the position; its messages are `{id, data}`.',
      tags: ['events'],
      parameters: [
        ...Object.entries(query).map(([name, schema]) => ({ name, in: 'query', schema })),
        { name: 'last-event-id', in: 'header', schema: { type: 'string' } },
      ],
      responses: {
        '200': { description: 'Events', content: { 'text/event-stream': { schema: event } } },
        ...errorResponses(401, 403, 422, 500, 503),
      },
    },
  },
};
