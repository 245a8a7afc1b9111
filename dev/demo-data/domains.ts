import type { z } from 'zod';
import type { exceptionDomainSchema } from '../../shared/exceptions/exception-schemas.ts';
import { acme, globex } from './people.ts';
import { known, number, oneOf, text } from './schema-parts.ts';

export interface DemoDomain {
  owner: typeof acme | typeof globex;
  domain: z.input<typeof exceptionDomainSchema>;
}

const monitoring = {
  name: 'monitoring',
  title: 'Monitoring',
  attributeSchema: known({
    service: text('Service', { examples: ['checkout_api'] }),
    check: text('Check', { description: 'Which probe raised it.' }),
    errorRate: number('Error rate', { minimum: 0, maximum: 1 }),
    since: text('Since', { format: 'date-time' }),
  }),
};

/** What an exception of each domain is about. */
export const demoDomains: DemoDomain[] = [
  {
    owner: acme,
    domain: {
      name: 'payments',
      title: 'Payments',
      attributeSchema: known({
        paymentId: text('Payment', { examples: ['pay_7hq2x9kmtz'] }),
        amount: number('Amount', { exclusiveMinimum: 0 }),
        currency: text('Currency', { pattern: '^[A-Z]{3}$' }),
        customerId: text('Customer'),
        orderId: text('Order', { examples: ['ORD-81277'] }),
        cause: oneOf('Cause', ['order_failed', 'duplicate_charge', 'declined', 'chargeback', 'complaint']),
      }),
    },
  },
  {
    owner: acme,
    domain: {
      name: 'compliance',
      title: 'Compliance',
      attributeSchema: known({
        customerId: text('Customer'),
        customerName: text('Customer’s name'),
        list: oneOf('List', ['EU consolidated', 'OFAC SDN', 'UN', 'UK HMT']),
        listedName: text('Listed name'),
        matchScore: number('Match score', { minimum: 0, maximum: 1 }),
        amountHeld: number('Amount held', { minimum: 0 }),
      }),
    },
  },
  { owner: acme, domain: monitoring },
  {
    owner: globex,
    domain: {
      name: 'shipping',
      title: 'Shipping',
      attributeSchema: known({
        shipmentId: text('Shipment', { examples: ['shp_4rw8n2cvbd'] }),
        reference: text('Reference', { examples: ['GF-26014'] }),
        carrier: text('Carrier'),
        destination: text('Destination'),
        lastSeen: text('Last seen at'),
        promisedBy: text('Promised by', { format: 'date' }),
      }),
    },
  },
  { owner: globex, domain: monitoring },
];
