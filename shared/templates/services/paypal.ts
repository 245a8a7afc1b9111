import type { ServiceTemplates } from '../template-data.ts';

export default {
  service: 'paypal',
  title: 'PayPal',
  category: 'payments',
  baseUrl: 'https://{host}',
  auth: {
    type: 'oauth2_client_credentials',
    tokenUrl: 'https://{host}/v1/oauth2/token',
  },
  credential:
    'Create a REST app in PayPal’s developer dashboard; its client ID and secret are the credential.',
  parameters: {
    host: {
      title: 'API host',
      description: 'api-m.sandbox.paypal.com for tests, api-m.paypal.com for live calls',
      example: 'api-m.sandbox.paypal.com',
      pattern: 'api-m\\.(?:sandbox\\.)?paypal\\.com',
    },
  },
  tools: {
    paypal_create_order: {
      title: 'Create an order',
      description: 'Creates an order that a customer approves.',
      scopes: [],
      reference: 'https://developer.paypal.com/docs/api/orders/v2/#orders_create',
      method: 'POST',
      path: '/v2/checkout/orders',
      headers: { 'PayPal-Request-Id': '{request_id}' },
      body: {
        intent: 'CAPTURE',
        purchase_units: [
          {
            reference_id: '{reference}',
            amount: { currency_code: '{currency}', value: '{value}' },
          },
        ],
      },
      idempotent: true,
      inputs: {
        request_id: { type: 'string', description: 'Key of yours: the same key makes one order' },
        currency: { type: 'string', description: 'Three-letter code' },
        value: { type: 'string', description: 'Amount, such as 12.50' },
        reference: { type: 'string', description: 'Your own reference' },
      },
      required: ['request_id', 'currency', 'value'],
      output: {
        type: 'object',
        properties: {
          id: { type: ['string', 'null'] },
          status: { type: ['string', 'null'] },
          links: {
            type: ['array', 'null'],
            items: { type: 'object' },
          },
        },
      },
      sample: { request_id: 'order-4711', currency: 'EUR', value: '12.50', reference: '4711' },
    },
    paypal_get_order: {
      title: 'Get an order',
      description: 'Reads an order, with its state.',
      scopes: [],
      reference: 'https://developer.paypal.com/docs/api/orders/v2/#orders_get',
      method: 'GET',
      path: '/v2/checkout/orders/{id}',
      inputs: {
        id: { type: 'string', description: 'ID of the order' },
      },
      required: ['id'],
      output: {
        type: 'object',
        properties: {
          id: { type: ['string', 'null'] },
          status: { type: ['string', 'null'] },
          purchase_units: {
            type: ['array', 'null'],
            items: { type: 'object' },
          },
        },
      },
      sample: { id: '5O190127TN364715T' },
    },
    paypal_capture_order: {
      title: 'Capture an order',
      description: 'Captures the payment of an approved order.',
      scopes: [],
      reference: 'https://developer.paypal.com/docs/api/orders/v2/#orders_capture',
      method: 'POST',
      path: '/v2/checkout/orders/{id}/capture',
      headers: { 'PayPal-Request-Id': '{request_id}' },
      body: {},
      idempotent: true,
      inputs: {
        id: { type: 'string', description: 'ID of the order' },
        request_id: { type: 'string', description: 'Key of yours: the same key captures once' },
      },
      required: ['id', 'request_id'],
      output: {
        type: 'object',
        properties: {
          id: { type: ['string', 'null'] },
          status: { type: ['string', 'null'] },
          purchase_units: {
            type: ['array', 'null'],
            items: { type: 'object' },
          },
        },
      },
      sample: { id: '5O190127TN364715T', request_id: 'capture-4711' },
    },
    paypal_get_capture: {
      title: 'Get a payment',
      description: 'Reads a captured payment.',
      scopes: [],
      reference: 'https://developer.paypal.com/docs/api/payments/v2/#captures_get',
      method: 'GET',
      path: '/v2/payments/captures/{capture_id}',
      inputs: {
        capture_id: { type: 'string', description: 'ID of the payment' },
      },
      required: ['capture_id'],
      output: {
        type: 'object',
        properties: {
          id: { type: ['string', 'null'] },
          status: { type: ['string', 'null'] },
          amount: { type: ['object', 'null'] },
        },
      },
      sample: { capture_id: '2GG279541U471931P' },
    },
    paypal_refund_capture: {
      title: 'Refund a payment',
      description: 'Refunds a captured payment, whole or in part.',
      scopes: [],
      reference: 'https://developer.paypal.com/docs/api/payments/v2/#captures_refund',
      method: 'POST',
      path: '/v2/payments/captures/{capture_id}/refund',
      headers: { 'PayPal-Request-Id': '{request_id}' },
      body: {
        amount: { currency_code: '{currency}', value: '{value}' },
      },
      idempotent: true,
      inputs: {
        capture_id: { type: 'string', description: 'ID of the payment' },
        request_id: { type: 'string', description: 'Key of yours: the same key refunds once' },
        currency: { type: 'string', description: 'Three-letter code' },
        value: { type: 'string', description: 'Amount, such as 12.50' },
        note_to_payer: { type: 'string', description: 'Text for the customer' },
      },
      required: ['capture_id', 'request_id', 'currency', 'value'],
      output: {
        type: 'object',
        properties: {
          id: { type: ['string', 'null'] },
          status: { type: ['string', 'null'] },
        },
      },
      sample: {
        capture_id: '2GG279541U471931P',
        request_id: 'refund-4711',
        currency: 'EUR',
        value: '12.50',
      },
    },
  },
} satisfies ServiceTemplates;
