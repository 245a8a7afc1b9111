import { type Route, route } from './http.ts';

type Json = Record<string, unknown>;

const text = { type: 'string' };
const amount = { type: 'number', exclusiveMinimum: 0 };
const inPath = (name: string, example: string) => ({
  name,
  in: 'path',
  required: true,
  schema: text,
  example,
});
const inQuery = (name: string, schema: Json) => ({ name, in: 'query', schema });
const limit = inQuery('limit', { type: 'integer', minimum: 1, maximum: 100 });
const json = (schema: Json) => ({ content: { 'application/json': { schema } } });
const ref = (name: string) => ({ $ref: `#/components/schemas/${name}` });
const list = (name: string) => ({
  type: 'object',
  properties: { items: { type: 'array', items: ref(name) } },
});
const returns = (schema: Json, status = 200) => ({ [status]: { description: 'Done', ...json(schema) } });
const key = { name: 'Idempotency-Key', in: 'header', schema: text };
const bearer = { security: [{ shipping: [] }] };

/** What the demo services describe of themselves: payments with an API key, shipments with a token. */
export const demoOpenApi = {
  openapi: '3.1.0',
  info: {
    title: 'Demo services',
    version: '1',
    description: 'Payments of Acme Pay and shipments of Globex Freight, to try things out.',
  },
  servers: [{ url: '/' }],
  security: [{ payments: [] }],
  paths: {
    '/v1/accounts': {
      get: {
        operationId: 'listAccounts',
        summary: 'List accounts',
        tags: ['payments'],
        responses: returns(list('Account')),
      },
    },
    '/v1/payments': {
      get: {
        operationId: 'listPayments',
        summary: 'List payments',
        tags: ['payments'],
        parameters: [
          inQuery('status', {
            type: 'string',
            enum: ['succeeded', 'failed', 'pending', 'partially_refunded', 'refunded'],
          }),
          inQuery('customerId', text),
          limit,
        ],
        responses: returns(list('Payment')),
      },
    },
    '/v1/payments/{paymentId}': {
      get: {
        operationId: 'getPayment',
        summary: 'Look up a payment',
        tags: ['payments'],
        parameters: [inPath('paymentId', 'pay_k28axcwum3')],
        responses: returns(ref('Payment')),
      },
    },
    '/v1/payments/{paymentId}/refunds': {
      parameters: [inPath('paymentId', 'pay_k28axcwum3')],
      get: {
        operationId: 'listRefunds',
        summary: 'List the refunds of a payment',
        tags: ['payments'],
        responses: returns(list('Refund')),
      },
      post: {
        operationId: 'refundPayment',
        summary: 'Refund a payment',
        description: 'Gives a part or all of a payment back to the customer.',
        tags: ['payments'],
        parameters: [key],
        requestBody: {
          required: true,
          ...json({
            type: 'object',
            required: ['amount'],
            properties: { amount, reason: { type: 'string', maxLength: 200 } },
          }),
        },
        responses: returns(ref('Refund'), 201),
      },
    },
    '/v1/payments/{paymentId}/retry': {
      post: {
        operationId: 'retryPayment',
        summary: 'Try a failed payment again',
        tags: ['payments'],
        parameters: [inPath('paymentId', 'pay_k28axcwum3'), key],
        responses: returns(ref('Payment')),
      },
    },
    '/v1/payouts': {
      get: {
        operationId: 'listPayouts',
        summary: 'List payouts',
        tags: ['payments'],
        parameters: [inQuery('status', { type: 'string', enum: ['scheduled', 'paid', 'returned'] }), limit],
        responses: returns(list('Payout')),
      },
    },
    '/v1/shipments': {
      get: {
        operationId: 'listShipments',
        summary: 'List shipments',
        tags: ['shipping'],
        ...bearer,
        parameters: [inQuery('status', text)],
        responses: returns(list('Shipment')),
      },
    },
    '/v1/shipments/{shipmentId}': {
      get: {
        operationId: 'getShipment',
        summary: 'Look up a shipment',
        tags: ['shipping'],
        ...bearer,
        parameters: [inPath('shipmentId', 'shp_8f2')],
        responses: returns(ref('Shipment')),
      },
    },
    '/v1/shipments/{shipmentId}/reroute': {
      post: {
        operationId: 'rerouteShipment',
        summary: 'Send a shipment elsewhere',
        tags: ['shipping'],
        ...bearer,
        parameters: [inPath('shipmentId', 'shp_8f2')],
        requestBody: { required: true, ...json(ref('Address')) },
        responses: returns({ type: 'object' }),
      },
    },
  },
  components: {
    securitySchemes: {
      payments: { type: 'apiKey', in: 'header', name: 'x-api-key' },
      shipping: { type: 'http', scheme: 'bearer' },
    },
    schemas: {
      Account: {
        type: 'object',
        properties: { id: text, name: text, currency: text, balance: { type: 'number' }, status: text },
      },
      Payment: {
        type: 'object',
        properties: {
          id: text,
          customerId: text,
          amount: { type: 'number' },
          currency: text,
          status: text,
          method: text,
          failureReason: { type: ['string', 'null'] },
          refundedAmount: { type: 'number' },
          createdAt: { type: 'string', format: 'date-time' },
        },
      },
      Refund: {
        type: 'object',
        properties: {
          refundId: text,
          paymentId: text,
          status: text,
          amount: { type: 'number' },
          currency: text,
        },
      },
      Payout: {
        type: 'object',
        properties: { id: text, accountId: text, amount: { type: 'number' }, currency: text, status: text },
      },
      Address: {
        type: 'object',
        required: ['line', 'city', 'postalCode', 'country'],
        properties: {
          line: text,
          city: text,
          postalCode: text,
          country: { type: 'string', pattern: '^[A-Z]{2}$' },
        },
      },
      Shipment: { type: 'object', properties: { id: text, reference: text, carrier: text, status: text } },
    },
  },
};

/** To be imported: Tools → Import → URL. */
export const openApiRoutes = (): Route[] => [
  route('GET', '/openapi.json', () => ({ status: 200, body: demoOpenApi })),
];
