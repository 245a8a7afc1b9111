import type { DemoTool, DemoToolDefinition } from './demo-tool.ts';
import { globex } from './people.ts';
import { integer, number, object, oneOf, response, shipmentId, text } from './schema-parts.ts';

const quick = {
  timeoutMs: 3000,
  deadlineMs: 30_000,
  retry: { maxAttempts: 4, initialMs: 300, factor: 2, maxMs: 2000 },
};
const shipping = { type: 'http' as const, category: 'shipping', ...quick };
const statuses = ['label_created', 'in_transit', 'held', 'out_for_delivery', 'delivered', 'lost'];

const address = {
  line: text('Street and number'),
  city: text('City'),
  postalCode: text('Postal code'),
  country: text('Country', { pattern: '^[A-Z]{2}$', description: 'Two capital letters.' }),
};
const rerouteFirst: DemoToolDefinition = {
  ...shipping,
  name: 'reroute_shipment',
  title: 'Reroute a shipment',
  description: 'Sends a shipment on its way to another address.',
  tags: ['costs-money'],
  inputSchema: object({ shipmentId, ...address }),
  outputSchema: response({ shipmentId: text('Shipment'), status: text('Status') }),
  config: { connector: 'shipping_desk', method: 'POST', path: '/v1/shipments/{shipmentId}/reroute' },
};
const rerouteSecond: DemoToolDefinition = {
  ...rerouteFirst,
  description:
    'Sends a shipment on its way to another address. The carrier charges for it; delivered ones cannot be rerouted.',
  outputSchema: response({
    shipmentId: text('Shipment'),
    status: oneOf('Status', statuses),
    surcharge: response({ amount: number('Amount'), currency: text('Currency') }),
  }),
};

export const globexTools: DemoTool[] = [
  { owner: globex, versions: [rerouteFirst, rerouteSecond] },
  one({
    ...shipping,
    name: 'track_shipment',
    title: 'Track a shipment',
    description: 'Where it is and what happened last.',
    tags: ['lookup'],
    inputSchema: object({ shipmentId }),
    outputSchema: response({
      shipmentId: text('Shipment'),
      status: oneOf('Status', statuses),
      destination: text('Destination'),
    }),
    config: { connector: 'shipping_desk', path: '/v1/shipments/{shipmentId}/track' },
  }),
  one({
    ...shipping,
    name: 'list_shipments',
    title: 'List shipments',
    description: 'Shipments of one status.',
    tags: ['lookup'],
    inputSchema: object({ status: oneOf('Status', statuses) }, []),
    outputSchema: response({ total: integer('Total'), shipments: { type: 'array' } }),
    config: {
      connector: 'shipping_desk',
      path: '/v1/shipments',
      transform:
        '{ "total": body.total, "shipments": body.items.{ "id": id, "reference": reference, "status": status, "city": destination.city }[] }',
    },
  }),
  one({
    ...shipping,
    name: 'hold_shipment',
    title: 'Hold a shipment',
    description: 'Keeps it where it is until someone decides.',
    tags: ['exceptions'],
    inputSchema: object({ shipmentId, reason: text('Reason', { minLength: 3, maxLength: 200 }) }),
    outputSchema: response({ shipmentId: text('Shipment'), status: text('Status', { const: 'held' }) }),
    undo: { tool: 'release_shipment', input: { shipmentId: '${{ input.shipmentId }}' } },
    config: { connector: 'shipping_desk', method: 'PUT', path: '/v1/shipments/{shipmentId}/hold' },
  }),
  one({
    ...shipping,
    name: 'release_shipment',
    title: 'Release a shipment',
    description: 'Sends a held shipment on its way.',
    tags: ['exceptions'],
    inputSchema: object({ shipmentId }),
    outputSchema: response({ shipmentId: text('Shipment'), status: text('Status') }),
    config: { connector: 'shipping_desk', method: 'PUT', path: '/v1/shipments/{shipmentId}/release' },
  }),
  one({
    ...shipping,
    name: 'create_label',
    title: 'Create a label',
    description: 'A new shipping label, as PDF or for a Zebra printer.',
    category: 'labels',
    inputSchema: object({ shipmentId, format: oneOf('Format', ['pdf', 'zpl'], { default: 'pdf' }) }, [
      'shipmentId',
    ]),
    outputSchema: response({ labelId: text('Label'), url: text('URL') }),
    undo: {
      tool: 'void_label',
      input: { shipmentId: '${{ input.shipmentId }}', labelId: '${{ output.labelId }}' },
      withinMs: 7 * 86_400_000,
      cannot: 'The journey of a parcel that was picked up with it.',
    },
    config: { connector: 'shipping_desk', method: 'POST', path: '/v1/shipments/{shipmentId}/labels' },
  }),
  one({
    ...shipping,
    name: 'void_label',
    title: 'Void a label',
    description: 'A voided label is no longer accepted at pickup.',
    category: 'labels',
    inputSchema: object({ shipmentId, labelId: text('Label', { pattern: '^lbl_[a-z0-9]+$' }) }),
    config: {
      connector: 'shipping_desk',
      method: 'DELETE',
      path: '/v1/shipments/{shipmentId}/labels/{labelId}',
    },
  }),
  one({
    ...shipping,
    name: 'carrier_quote',
    title: 'Ask carriers for a quote',
    description: 'What each carrier charges for a load, and how long it takes.',
    category: 'carriers',
    tags: ['lookup'],
    inputSchema: object({
      from: text('From'),
      to: text('To'),
      weightKg: number('Weight in kg', { exclusiveMinimum: 0, maximum: 24_000 }),
    }),
    outputSchema: response({
      quotes: {
        type: 'array',
        minItems: 1,
        items: response({
          carrier: text('Carrier'),
          days: integer('Days'),
          price: number('Price'),
          currency: text('Currency'),
        }),
      },
      validUntil: text('Valid until', { format: 'date-time' }),
    }),
    config: { connector: 'carrier_network', path: '/v1/carrier/quotes' },
  }),
  one({
    ...shipping,
    name: 'book_pickup',
    title: 'Book a pickup',
    description: 'A carrier collects the parcels. Two bookings cost twice.',
    category: 'carriers',
    tags: ['costs-money'],
    inputSchema: object({
      city: text('City'),
      date: text('Date', { format: 'date' }),
      parcels: integer('Parcels', { minimum: 1, maximum: 500 }),
    }),
    outputSchema: response({ pickupId: text('Pickup') }),
    config: { connector: 'carrier_network', method: 'POST', path: '/v1/carrier/pickups' },
  }),
  one({
    ...shipping,
    name: 'stock_level',
    title: 'Stock level',
    description: 'How much packing material the hub has left.',
    category: 'warehouse',
    tags: ['lookup'],
    inputSchema: object({ sku: text('Item', { pattern: '^[A-Z0-9-]+$', examples: ['PAL-EUR-01'] }) }),
    outputSchema: response({ sku: text('Item'), available: integer('Available') }),
    config: { connector: 'warehouse', path: '/v1/warehouse/stock/{sku}' },
  }),
  one({
    ...shipping,
    name: 'notify_dispatch',
    title: 'Notify dispatch',
    description: 'Puts a line on the dispatchers’ board.',
    category: 'notifications',
    tags: ['webhook'],
    inputSchema: object({ shipmentId, message: text('Message', { maxLength: 280 }) }),
    outputSchema: response({ received: { type: 'boolean' } }),
    idempotent: true,
    config: { connector: 'dispatch_webhooks', method: 'POST', path: '/hooks/dispatch' },
  }),
  one({
    type: 'dummy',
    name: 'plan_route',
    title: 'Plan a route (sandbox)',
    description: 'Takes as long as the real planner will, and always finds the same route.',
    category: 'planning',
    tags: ['sandbox'],
    inputSchema: object({ from: text('From'), to: text('To') }),
    outputSchema: response({ legs: { type: 'array' }, hours: number('Hours') }),
    config: { delayMs: 1500, response: { legs: ['Rotterdam hub', 'Venlo', 'Lyon'], hours: 19.5 } },
  }),
  one({
    type: 'mcp',
    name: 'look_up_shipment',
    title: 'Look up a shipment',
    description: 'Where a shipment is, and what happened to it. A tool of the MCP server of the desk.',
    category: 'shipping',
    tags: ['mcp'],
    inputSchema: object({ shipmentId }),
    config: { connector: 'shipping_assistant', tool: 'look_up_shipment', readOnly: true },
  }),
  {
    ...one({
      type: 'dummy',
      name: 'customs_declaration',
      title: 'Customs declaration',
      description: 'Disabled until the customs agent has confirmed the new tariff codes.',
      category: 'customs',
      tags: ['needs-care'],
      inputSchema: object({ shipmentId, tariffCode: text('Tariff code', { pattern: '^[0-9]{8}$' }) }),
      config: { response: { accepted: true } },
    }),
    disabledFor: [globex],
  },
  {
    ...one({
      type: 'dummy',
      name: 'fax_consignment_note',
      title: 'Fax a consignment note',
      description: 'The last carrier with a fax machine has stopped.',
      category: 'shipping',
      tags: ['legacy'],
      inputSchema: object({ shipmentId }),
      config: { response: { sent: true } },
    }),
    archived: true,
  },
];

function one(definition: DemoTool['versions'][number]): DemoTool {
  return { owner: globex, versions: [definition] };
}
