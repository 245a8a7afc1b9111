import type { DemoTool } from './demo-tool.ts';
import { acme, globex } from './people.ts';
import { integer, object, text } from './schema-parts.ts';

const sku = text('SKU', { examples: ['SKU-100', 'SKU-200'] });
const quick = { timeoutMs: 3000, deadlineMs: 20_000 };

/** Tools of protocols besides plain HTTP: gRPC and SOAP. */
export const wireTools: DemoTool[] = [
  {
    owner: globex,
    versions: [
      {
        ...quick,
        type: 'grpc',
        name: 'get_stock',
        title: 'Look up stock',
        description: 'What the warehouse has of an article, over gRPC.',
        category: 'warehouse',
        inputSchema: object({ sku }),
        config: { connector: 'warehouse_stock', service: 'warehouse.v1.Stock', method: 'GetStock' },
      },
    ],
  },
  {
    owner: globex,
    versions: [
      {
        ...quick,
        type: 'grpc',
        name: 'reserve_stock',
        title: 'Reserve stock',
        description: 'Reserves an article. A second call reserves more, so it is sent once.',
        category: 'warehouse',
        inputSchema: object({ sku, quantity: integer('Quantity', { minimum: 1 }) }),
        config: { connector: 'warehouse_stock', service: 'warehouse.v1.Stock', method: 'Reserve' },
      },
    ],
  },
  {
    owner: globex,
    versions: [
      {
        ...quick,
        type: 'grpc',
        name: 'count_shelves',
        title: 'Count shelves',
        description: 'One message of the server for each shelf that is counted.',
        category: 'warehouse',
        inputSchema: object({ sku }),
        config: { connector: 'warehouse_stock', service: 'warehouse.v1.Stock', method: 'CountShelves' },
      },
    ],
  },
  {
    owner: acme,
    versions: [
      {
        ...quick,
        type: 'soap',
        name: 'check_vat_number',
        title: 'Check a VAT number',
        description: 'Whether a VAT number is registered, and whose it is. A SOAP service that reads only.',
        category: 'compliance',
        idempotent: true,
        inputSchema: object({
          countryCode: text('Country', { pattern: '^[A-Z]{2}$', examples: ['NL'] }),
          vatNumber: text('VAT number', { examples: ['001234567B01'] }),
        }),
        config: { connector: 'tax_register', operation: 'CheckVat', security: 'password_digest' },
      },
    ],
  },
];
