import type { ServiceTemplates } from '../template-data.ts';

export default {
  service: 'square',
  title: 'Square',
  category: 'payments',
  baseUrl: 'https://{host}',
  auth: {
    type: 'bearer',
  },
  credential: 'Copy an access token of an application in Square’s developer console.',
  parameters: {
    host: {
      title: 'API host',
      description: 'connect.squareupsandbox.com for tests, connect.squareup.com for live calls',
      example: 'connect.squareup.com',
      pattern: 'connect\\.squareup(?:sandbox)?\\.com',
    },
  },
  tools: {
    square_create_customer: {
      title: 'Create a customer',
      description: 'Creates a customer.',
      scopes: ['CUSTOMERS_WRITE'],
      reference: 'https://developer.squareup.com/reference/square/customers-api/create-customer',
      method: 'POST',
      path: '/v2/customers',
      idempotent: true,
      inputs: {
        idempotency_key: { type: 'string', description: 'Key of yours: the same key makes one customer' },
        given_name: { type: 'string', description: 'First name' },
        family_name: { type: 'string', description: 'Last name' },
        email_address: { type: 'string', description: 'Email address' },
        reference_id: { type: 'string', description: 'Your own ID' },
      },
      required: ['idempotency_key'],
      output: {
        type: 'object',
        properties: {
          customer: { type: ['object', 'null'] },
        },
      },
      sample: { idempotency_key: 'customer-4711', given_name: 'Ada', email_address: 'ada@example.com' },
    },
    square_find_customer: {
      title: 'Find a customer by email',
      description: 'Finds customers with an email address.',
      scopes: ['CUSTOMERS_READ'],
      reference: 'https://developer.squareup.com/reference/square/customers-api/search-customers',
      method: 'POST',
      path: '/v2/customers/search',
      body: {
        query: {
          filter: {
            email_address: { exact: '{email}' },
          },
        },
      },
      idempotent: true,
      inputs: {
        email: { type: 'string', description: 'Email address' },
      },
      required: ['email'],
      output: {
        type: 'object',
        properties: {
          customers: {
            type: ['array', 'null'],
            items: { type: 'object' },
          },
          cursor: { type: ['string', 'null'] },
        },
      },
      sample: { email: 'ada@example.com' },
    },
    square_get_payment: {
      title: 'Get a payment',
      description: 'Reads a payment.',
      scopes: ['PAYMENTS_READ'],
      reference: 'https://developer.squareup.com/reference/square/payments-api/get-payment',
      method: 'GET',
      path: '/v2/payments/{payment_id}',
      inputs: {
        payment_id: { type: 'string', description: 'ID of the payment' },
      },
      required: ['payment_id'],
      output: {
        type: 'object',
        properties: {
          payment: { type: ['object', 'null'] },
        },
      },
      sample: { payment_id: 'bP9mAsEMYPUGjjGNaNO5ZDVyLhSZY' },
    },
    square_list_payments: {
      title: 'List payments',
      description: 'Lists payments of a time.',
      scopes: ['PAYMENTS_READ'],
      reference: 'https://developer.squareup.com/reference/square/payments-api/list-payments',
      method: 'GET',
      path: '/v2/payments',
      inputs: {
        begin_time: { type: 'string', description: 'Start of the time, in ISO 8601' },
        end_time: { type: 'string', description: 'End of the time' },
        location_id: { type: 'string', description: 'ID of the location' },
        cursor: { type: 'string', description: 'cursor of the page before' },
      },
      required: [],
      output: {
        type: 'object',
        properties: {
          payments: {
            type: ['array', 'null'],
            items: { type: 'object' },
          },
          cursor: { type: ['string', 'null'] },
        },
      },
      sample: { begin_time: '2026-05-01T00:00:00Z' },
    },
    square_refund_payment: {
      title: 'Refund a payment',
      description: 'Refunds a payment, whole or in part.',
      scopes: ['PAYMENTS_WRITE'],
      reference: 'https://developer.squareup.com/reference/square/refunds-api/refund-payment',
      method: 'POST',
      path: '/v2/refunds',
      body: {
        idempotency_key: '{idempotency_key}',
        payment_id: '{payment_id}',
        amount_money: { amount: '{amount}', currency: '{currency}' },
        reason: '{reason}',
      },
      idempotent: true,
      inputs: {
        idempotency_key: { type: 'string', description: 'Key of yours: the same key refunds once' },
        payment_id: { type: 'string', description: 'ID of the payment' },
        amount: { type: 'integer', description: 'Amount in the smallest unit of the currency' },
        currency: { type: 'string', description: 'Three-letter code' },
        reason: { type: 'string', description: 'Reason' },
      },
      required: ['idempotency_key', 'payment_id', 'amount', 'currency'],
      output: {
        type: 'object',
        properties: {
          refund: { type: ['object', 'null'] },
        },
      },
      sample: {
        idempotency_key: 'refund-4711',
        payment_id: 'bP9mAsEMYPUGjjGNaNO5ZDVyLhSZY',
        amount: 1250,
        currency: 'USD',
        reason: 'Twice charged',
      },
    },
  },
} satisfies ServiceTemplates;
