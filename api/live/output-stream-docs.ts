import { z } from 'zod';
import { outputChunkSchema } from '../../shared/executions/output-chunks.ts';
import { permissionRole } from '../../shared/identity/roles.ts';
import { errorResponses } from '../rest/schema-components.ts';
import { outputStreamQuerySchema } from './output-stream.ts';

const query = z.toJSONSchema(outputStreamQuerySchema, { io: 'input' }).properties ?? {};
const { $schema, ...chunk } = z.toJSONSchema(outputChunkSchema, { io: 'output' });

/** The stream's part of the OpenAPI document. */
export const outputStreamPaths = {
  '/api/tools/executions/{id}/chunks/stream': {
    get: {
      operationId: 'executions_chunks_stream',
      summary: 'Follow what an execution shows while it runs, as server-sent events',
      description:
        `Requires the role \`${permissionRole['executions.read']}\`. The \`data\` of each message is a chunk, its \`id\` the ` +
        'position after it. A client that reconnects with `Last-Event-ID` misses nothing and gets nothing twice. A message ' +
        'of the event type `end` says that the execution has ended. Comments keep the connection alive. The stream ends ' +
        'after ten minutes or when the server stops; then connect again. The WebSocket `/api/live?executionId={id}` tells the same.',
      tags: ['executions'],
      parameters: [
        { name: 'id', in: 'path', required: true, schema: { type: 'string' } },
        ...Object.entries(query).map(([name, schema]) => ({ name, in: 'query', schema })),
        { name: 'last-event-id', in: 'header', schema: { type: 'string' } },
      ],
      responses: {
        '200': { description: 'Chunks', content: { 'text/event-stream': { schema: chunk } } },
        ...errorResponses(401, 403, 404, 422, 500, 503),
      },
    },
  },
};
