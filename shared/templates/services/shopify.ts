import type { ServiceTemplates } from '../template-data.ts';

export default {
  service: 'shopify',
  title: 'Shopify',
  category: 'commerce',
  baseUrl: 'https://{shop}.myshopify.com/admin/api/2026-07',
  auth: {
    type: 'api_key',
    in: 'header',
    name: 'X-Shopify-Access-Token',
  },
  credential:
    'Create a custom app in Shopify with the scopes, install it, and copy its Admin API access token.',
  parameters: {
    shop: {
      title: 'Shop',
      description: 'The part before .myshopify.com',
      example: 'example',
      pattern: '[a-z0-9][a-z0-9-]*',
    },
  },
  tools: {
    shopify_get_order: {
      title: 'Get an order',
      description: 'Reads an order.',
      scopes: ['read_orders'],
      reference: 'https://shopify.dev/docs/api/admin-rest/latest/resources/order#get-orders-order-id',
      method: 'GET',
      path: '/orders/{id}.json',
      inputs: {
        id: { type: 'string', description: 'ID of the order' },
      },
      required: ['id'],
      output: {
        type: 'object',
        properties: {
          order: { type: ['object', 'null'] },
        },
      },
      sample: { id: '450789469' },
    },
    shopify_cancel_order: {
      title: 'Cancel an order',
      description: 'Cancels an order.',
      scopes: ['write_orders'],
      reference: 'https://shopify.dev/docs/api/admin-rest/latest/resources/order#post-orders-order-id-cancel',
      method: 'POST',
      path: '/orders/{id}/cancel.json',
      inputs: {
        id: { type: 'string', description: 'ID of the order' },
      },
      required: ['id'],
      output: {},
      sample: { id: '450789469' },
    },
    shopify_close_order: {
      title: 'Close an order',
      description: 'Closes an order.',
      scopes: ['write_orders'],
      reference: 'https://shopify.dev/docs/api/admin-rest/latest/resources/order#post-orders-order-id-close',
      method: 'POST',
      path: '/orders/{id}/close.json',
      inputs: {
        id: { type: 'string', description: 'ID of the order' },
      },
      required: ['id'],
      output: {},
      sample: { id: '450789469' },
    },
    shopify_list_refunds: {
      title: 'List refunds',
      description: 'Lists the refunds of an order.',
      scopes: ['read_orders'],
      reference: 'https://shopify.dev/docs/api/admin-rest/latest/resources/refund',
      method: 'GET',
      path: '/orders/{order_id}/refunds.json',
      inputs: {
        order_id: { type: 'string', description: 'ID of the order' },
      },
      required: ['order_id'],
      output: {
        type: 'object',
        properties: {
          refunds: {
            type: ['array', 'null'],
            items: { type: 'object' },
          },
        },
      },
      sample: { order_id: '450789469' },
    },
    shopify_get_customer: {
      title: 'Get a customer',
      description: 'Reads a customer.',
      scopes: ['read_customers'],
      reference: 'https://shopify.dev/docs/api/admin-rest/latest/resources/customer',
      method: 'GET',
      path: '/customers/{id}.json',
      inputs: {
        id: { type: 'string', description: 'ID of the customer' },
      },
      required: ['id'],
      output: {
        type: 'object',
        properties: {
          customer: { type: ['object', 'null'] },
        },
      },
      sample: { id: '207119551' },
    },
    shopify_get_product: {
      title: 'Get a product',
      description: 'Reads a product.',
      scopes: ['read_products'],
      reference: 'https://shopify.dev/docs/api/admin-rest/latest/resources/product',
      method: 'GET',
      path: '/products/{id}.json',
      inputs: {
        id: { type: 'string', description: 'ID of the product' },
      },
      required: ['id'],
      output: {
        type: 'object',
        properties: {
          product: { type: ['object', 'null'] },
        },
      },
      sample: { id: '632910392' },
    },
  },
} satisfies ServiceTemplates;
