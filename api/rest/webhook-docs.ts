import { z } from 'zod';
import { webhookPayloadSchema } from '../../shared/webhooks/webhook-payload.ts';

const { $schema, ...payload } = z.toJSONSchema(webhookPayloadSchema, { io: 'output' });

/** The part of the OpenAPI document for what Interlock sends to endpoints. */
export const webhookDocs = {
  event: {
    post: {
      operationId: 'webhook_event',
      summary: 'An event, sent to the endpoints of the tenant',
      description:
        'Signed as Standard Webhooks defines it, by `webhook-id`, `webhook-timestamp` and `webhook-signature`. It is delivered at least once, in no order.',
      tags: ['webhooks'],
      security: [],
      requestBody: { required: true, content: { 'application/json': { schema: payload } } },
      responses: {
        '204': { description: 'Any status of 2xx: the event was received' },
        '410': { description: 'The endpoint wants no more events: it is disabled' },
      },
    },
  },
};
