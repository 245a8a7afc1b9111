import { errorResponses } from '../rest/schema-components.ts';

const received = (description: string, field: string, example: string) => ({
  description,
  content: {
    'application/json': {
      schema: {
        type: 'object',
        required: [field],
        properties: { [field]: { type: 'string' } },
        additionalProperties: false,
      },
      example: { [field]: example },
    },
  },
});

const anything = { description: 'What the source sends: its signature is about these bytes' };

/** The part of the OpenAPI document for other systems that send deliveries. */
export const receivingPaths = {
  '/hooks/{key}': {
    post: {
      operationId: 'inboundWebhooks_receive',
      summary: 'Receive a delivery of another system',
      description:
        'The `receiveUrl` of an inbound webhook. The source proves itself by the headers of the scheme of that webhook, so ' +
        'no credential of Interlock is sent. A delivery that is accepted is stored, and processed whatever happens then. ' +
        'The same delivery again gets the same id and does nothing more.',
      tags: ['inbound webhooks'],
      security: [],
      parameters: [
        {
          name: 'key',
          in: 'path',
          required: true,
          description: 'The last part of the `receiveUrl`',
          schema: { type: 'string' },
        },
      ],
      requestBody: {
        required: true,
        content: {
          'application/json': { schema: anything },
          'application/x-www-form-urlencoded': { schema: { type: 'object', additionalProperties: true } },
        },
      },
      responses: {
        '200': received(
          'Slack has asked whether the URL is one of Interlock. Nothing was stored',
          'challenge',
          'c-1',
        ),
        '202': received('The delivery is stored', 'deliveryId', '01980000-0000-7000-8000-000000000000'),
        ...errorResponses(400, 401, 404, 409, 413, 429, 500, 503),
      },
    },
  },
};
