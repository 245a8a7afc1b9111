import type { ServiceTemplates } from '../template-data.ts';

export default {
  service: 'adyen',
  title: 'Adyen',
  category: 'payments',
  baseUrl: 'https://{host}/v71',
  auth: {
    type: 'api_key',
    in: 'header',
    name: 'X-API-Key',
  },
  credential: 'Create an API credential in Adyen’s Customer Area and copy its API key.',
  parameters: {
    host: {
      title: 'API host',
      description:
        'checkout-test.adyen.com for tests; for live calls PREFIX-checkout-live.adyenpayments.com/checkout, with the prefix of your company',
      example: 'checkout-test.adyen.com',
      pattern: 'checkout-test\\.adyen\\.com|[A-Za-z0-9-]+-checkout-live\\.adyenpayments\\.com/checkout',
    },
  },
  tools: {
    adyen_refund_payment: {
      title: 'Refund a payment',
      description: 'Refunds a captured payment, whole or in part.',
      scopes: ['API key with the role Checkout webservice'],
      reference:
        'https://docs.adyen.com/api-explorer/Checkout/71/post/payments/(paymentPspReference)/refunds',
      method: 'POST',
      path: '/payments/{paymentPspReference}/refunds',
      body: {
        amount: { currency: '{currency}', value: '{value}' },
      },
      idempotent: true,
      inputs: {
        paymentPspReference: { type: 'string', description: 'Reference of the payment' },
        currency: { type: 'string', description: 'Three-letter code, such as EUR' },
        value: { type: 'integer', description: 'Amount in the smallest unit of the currency' },
        merchantAccount: { type: 'string', description: 'Name of the merchant account' },
        reference: { type: 'string', description: 'Your own reference' },
      },
      required: ['paymentPspReference', 'currency', 'value', 'merchantAccount'],
      output: {
        type: 'object',
        properties: {
          pspReference: { type: ['string', 'null'] },
          status: { type: ['string', 'null'] },
        },
      },
      sample: {
        paymentPspReference: '993617895204576J',
        currency: 'EUR',
        value: 1250,
        merchantAccount: 'ExampleShop',
        reference: 'refund-4711',
      },
    },
    adyen_capture_payment: {
      title: 'Capture a payment',
      description: 'Captures an authorised payment.',
      scopes: ['API key with the role Checkout webservice'],
      reference:
        'https://docs.adyen.com/api-explorer/Checkout/71/post/payments/(paymentPspReference)/captures',
      method: 'POST',
      path: '/payments/{paymentPspReference}/captures',
      body: {
        amount: { currency: '{currency}', value: '{value}' },
      },
      idempotent: true,
      inputs: {
        paymentPspReference: { type: 'string', description: 'Reference of the payment' },
        currency: { type: 'string', description: 'Three-letter code, such as EUR' },
        value: { type: 'integer', description: 'Amount in the smallest unit of the currency' },
        merchantAccount: { type: 'string', description: 'Name of the merchant account' },
        reference: { type: 'string', description: 'Your own reference' },
      },
      required: ['paymentPspReference', 'currency', 'value', 'merchantAccount'],
      output: {
        type: 'object',
        properties: {
          pspReference: { type: ['string', 'null'] },
          status: { type: ['string', 'null'] },
        },
      },
      sample: {
        paymentPspReference: '993617895204576J',
        currency: 'EUR',
        value: 1250,
        merchantAccount: 'ExampleShop',
        reference: 'capture-4711',
      },
    },
    adyen_cancel_payment: {
      title: 'Cancel a payment',
      description: 'Cancels an authorised payment that is not captured.',
      scopes: ['API key with the role Checkout webservice'],
      reference:
        'https://docs.adyen.com/api-explorer/Checkout/71/post/payments/(paymentPspReference)/cancels',
      method: 'POST',
      path: '/payments/{paymentPspReference}/cancels',
      idempotent: true,
      inputs: {
        paymentPspReference: { type: 'string', description: 'Reference of the payment' },
        merchantAccount: { type: 'string', description: 'Name of the merchant account' },
        reference: { type: 'string', description: 'Your own reference' },
      },
      required: ['paymentPspReference', 'merchantAccount'],
      output: {
        type: 'object',
        properties: {
          pspReference: { type: ['string', 'null'] },
          status: { type: ['string', 'null'] },
        },
      },
      sample: { paymentPspReference: '993617895204576J', merchantAccount: 'ExampleShop' },
    },
    adyen_create_payment_link: {
      title: 'Create a payment link',
      description: 'Makes a page where a customer pays.',
      scopes: ['API key with the role Checkout webservice'],
      reference: 'https://docs.adyen.com/api-explorer/Checkout/71/post/paymentLinks',
      method: 'POST',
      path: '/paymentLinks',
      body: {
        amount: { currency: '{currency}', value: '{value}' },
      },
      idempotent: true,
      inputs: {
        currency: { type: 'string', description: 'Three-letter code, such as EUR' },
        value: { type: 'integer', description: 'Amount in the smallest unit of the currency' },
        merchantAccount: { type: 'string', description: 'Name of the merchant account' },
        reference: { type: 'string', description: 'Your own reference' },
        description: { type: 'string', description: 'Text on the page' },
        shopperEmail: { type: 'string', description: 'Email address of the customer' },
        countryCode: { type: 'string', description: 'Two-letter country' },
      },
      required: ['currency', 'value', 'merchantAccount', 'reference'],
      output: {
        type: 'object',
        properties: {
          id: { type: ['string', 'null'] },
          url: { type: ['string', 'null'] },
          status: { type: ['string', 'null'] },
          reference: { type: ['string', 'null'] },
        },
      },
      sample: {
        currency: 'EUR',
        value: 1250,
        merchantAccount: 'ExampleShop',
        reference: 'order-4711',
        countryCode: 'DE',
      },
    },
    adyen_get_payment_link: {
      title: 'Get a payment link',
      description: 'Reads a payment link, with its state.',
      scopes: ['API key with the role Checkout webservice'],
      reference: 'https://docs.adyen.com/api-explorer/Checkout/71/get/paymentLinks/(linkId)',
      method: 'GET',
      path: '/paymentLinks/{linkId}',
      inputs: {
        linkId: { type: 'string', description: 'ID of the link' },
      },
      required: ['linkId'],
      output: {
        type: 'object',
        properties: {
          id: { type: ['string', 'null'] },
          url: { type: ['string', 'null'] },
          status: { type: ['string', 'null'] },
          reference: { type: ['string', 'null'] },
        },
      },
      sample: { linkId: 'PL61C53A8B97E6915A' },
    },
  },
} satisfies ServiceTemplates;
