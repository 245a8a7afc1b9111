import { errorStatus } from '../../shared/platform/error-codes.ts';

const requestExample = {
  query:
    'query($id: ID!) { exception(id: $id) { title runs { nodes { status steps { title executions { status } } } } } }',
  variables: { id: 'EX-42' },
};

const errors = {
  type: 'array',
  items: {
    type: 'object',
    required: ['message', 'extensions'],
    properties: {
      message: { type: 'string' },
      path: { type: 'array', items: { type: ['string', 'integer'] } },
      locations: {
        type: 'array',
        items: {
          type: 'object',
          properties: { line: { type: 'integer' }, column: { type: 'integer' } },
        },
      },
      extensions: {
        type: 'object',
        required: ['code', 'requestId'],
        properties: {
          code: { enum: Object.keys(errorStatus) },
          requestId: { type: 'string' },
          details: { type: 'object', additionalProperties: true },
        },
        additionalProperties: true,
      },
    },
  },
};

const refused = (description: string, code: string, message: string) => ({
  description,
  content: {
    'application/json': {
      schema: { type: 'object', required: ['errors'], properties: { errors } },
      example: {
        errors: [{ message, extensions: { code, requestId: '0197a7f2-5a1c-4f3e-9a51-2f1f4c0c9d11' } }],
      },
    },
  },
});

/** The part of the OpenAPI document for queries. */
export const graphqlPaths = {
  '/api/graphql': {
    post: {
      operationId: 'graphql',
      summary: 'Read everything in one query (GraphQL)',
      description:
        'Cases, runs, steps, executions, events, tools, playbooks and batches, with the permissions of the REST operations. ' +
        'The schema says what there is: ask for `__schema`. The path `/graphql` is the same. With an `Upgrade` to a ' +
        'WebSocket and the protocol `graphql-transport-ws`, it also takes subscriptions.',
      tags: ['graphql'],
      requestBody: {
        required: true,
        content: {
          'application/json': {
            schema: {
              type: 'object',
              required: ['query'],
              properties: {
                query: { type: 'string' },
                variables: { type: ['object', 'null'], additionalProperties: true },
                operationName: { type: ['string', 'null'] },
              },
            },
            example: requestExample,
          },
        },
      },
      responses: {
        '200': {
          description:
            'The data, and the errors of single fields. A query that is refused as a whole has no data.',
          content: {
            'application/json': {
              schema: {
                type: 'object',
                properties: { data: { type: ['object', 'null'], additionalProperties: true }, errors },
              },
              example: { data: { exception: { title: 'Payment failed', runs: { nodes: [] } } } },
            },
          },
        },
        '400': refused('The request is no query', 'bad_request', 'Missing query'),
        '401': refused('Without a good credential', 'unauthorized', 'Sign in or send an API key.'),
        '403': refused(
          'Of a key that is limited to other doors, or a page of another site',
          'forbidden',
          'This API key works for rest only, and this request came by graphql. Nothing was done.',
        ),
        '503': refused(
          'The organization has as many queries in progress as it may have, or the database is unavailable',
          'overloaded',
          'This organization has 16 queries in progress here, which is as many as it may have. Try again.',
        ),
      },
    },
  },
};
