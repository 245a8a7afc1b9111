import { readFileSync } from 'node:fs';
import type { ConnectorDefinitionInput } from '../../shared/tools/tool-definition.ts';
import { demoCredentials } from '../demo-services/credentials.ts';
import { paymentsSchema } from '../demo-services/payments-schema.ts';
import { taxRegisterWsdl } from '../demo-services/tax-register.ts';
import { warehouseProtoFile } from '../demo-services/warehouse.ts';
import { acme, globex } from './people.ts';

/** The owner: a tenant, or `global` for all of them. */
export type Owner = typeof acme | typeof globex | 'global';

export interface DemoUrls {
  /** Of the demo services. */
  demo: string;
  /** Of the part of Temporal's HTTP API that the demo services pass on; null when no HTTP API is known. */
  temporalHttp: string | null;
  /** `host:port` of the demo mailbox; null when there is none. */
  mail: string | null;
  /** `host:port` of the demo database; null when there is none. */
  shop: string | null;
}

export interface DemoConnector {
  owner: Owner;
  definition: ConnectorDefinitionInput;
}

/** The systems that the two tenants call, each with another kind of auth. */
export function demoConnectors({ demo, temporalHttp, mail, shop }: DemoUrls): DemoConnector[] {
  const connectors: DemoConnector[] = [
    {
      owner: acme,
      definition: {
        name: 'payment_provider',
        title: 'Payment provider',
        description: 'Payments, refunds, payouts and customers of Acme Pay.',
        baseUrl: demo,
        headers: { accept: 'application/json' },
        auth: { type: 'api_key', in: 'header', name: 'x-api-key', value: demoCredentials.paymentsApiKey },
        rateLimit: { requestsPerMinute: 600, burst: 60 },
      },
    },
    {
      owner: acme,
      definition: {
        name: 'payments_graph',
        title: 'Payments (GraphQL)',
        description: 'The payments of Acme Pay as a graph.',
        kind: 'graphql',
        url: `${demo}/graphql`,
        schema: paymentsSchema,
        auth: { type: 'api_key', in: 'header', name: 'x-api-key', value: demoCredentials.paymentsApiKey },
      },
    },
    {
      owner: acme,
      definition: {
        name: 'finance_reports',
        title: 'Finance reports',
        description: 'Settlement files for the finance team.',
        baseUrl: demo,
        auth: basic(),
      },
    },
    {
      owner: acme,
      definition: {
        name: 'legacy_ledger',
        title: 'Legacy ledger',
        description: 'The old bookkeeping; callers sign in with a cookie. It will be retired next spring.',
        baseUrl: demo,
        auth: { type: 'api_key', in: 'cookie', name: 'ledger_session', value: demoCredentials.ledgerSession },
      },
    },
    {
      owner: acme,
      definition: {
        name: 'acme_webhooks',
        title: 'Acme webhooks',
        description: 'Internal receivers of notifications.',
        baseUrl: demo,
      },
    },
    {
      owner: globex,
      definition: {
        name: 'shipping_desk',
        title: 'Shipping desk',
        description: 'Shipments, rerouting and labels of Globex Freight.',
        baseUrl: demo,
        headers: { accept: 'application/json' },
        auth: { type: 'bearer', token: demoCredentials.shippingToken },
      },
    },
    {
      owner: globex,
      definition: {
        name: 'shipping_assistant',
        title: 'Shipping assistant (MCP)',
        description: 'The shipping desk as an MCP server. Its tools can be fetched from it.',
        kind: 'mcp',
        url: `${demo}/mcp`,
        protocolVersion: '2026-07-28',
        auth: { type: 'bearer', token: demoCredentials.shippingToken },
      },
    },
    {
      owner: globex,
      definition: {
        name: 'carrier_network',
        title: 'Carrier network',
        description: 'Quotes and pickups of the carriers, behind OAuth2.',
        baseUrl: demo,
        auth: {
          type: 'oauth2_client_credentials',
          tokenUrl: `${demo}/oauth/token`,
          clientId: demoCredentials.carrierClientId,
          clientSecret: demoCredentials.carrierClientSecret,
          scope: demoCredentials.carrierScope,
        },
      },
    },
    {
      owner: globex,
      definition: {
        name: 'warehouse',
        title: 'Warehouse',
        description: 'Stock of the Rotterdam hub.',
        baseUrl: demo,
        auth: basic(),
      },
    },
    {
      owner: globex,
      definition: {
        name: 'dispatch_webhooks',
        title: 'Dispatch webhooks',
        description: 'The dispatchers’ board.',
        baseUrl: demo,
      },
    },
    {
      owner: acme,
      definition: {
        kind: 'soap',
        name: 'tax_register',
        title: 'Tax register',
        description: 'Companies and their VAT numbers, over SOAP with a UsernameToken.',
        wsdl: taxRegisterWsdl(demo),
        auth: basic(),
      },
    },
    {
      owner: globex,
      definition: {
        kind: 'grpc',
        name: 'warehouse_stock',
        title: 'Warehouse stock',
        description: 'Stock of the Rotterdam hub, over gRPC.',
        target: new URL(demo).host,
        proto: readFileSync(warehouseProtoFile, 'utf8'),
        auth: { type: 'bearer', token: demoCredentials.shippingToken },
      },
    },
    {
      owner: 'global',
      definition: {
        name: 'exchange_rate_feed',
        title: 'Exchange rate feed',
        description: 'Daily rates, by a key in the query.',
        scope: 'global',
        baseUrl: demo,
        auth: { type: 'api_key', in: 'query', name: 'api_key', value: demoCredentials.ratesApiKey },
      },
    },
    {
      owner: 'global',
      definition: {
        name: 'platform_operations',
        title: 'Platform operations',
        description: 'The services that both desks depend on: their status, and restarts.',
        scope: 'global',
        baseUrl: demo,
        auth: { type: 'bearer', token: demoCredentials.operationsToken },
      },
    },
  ];
  if (mail) {
    const [host = '', port] = mail.split(':');
    connectors.push({
      owner: acme,
      definition: {
        name: 'mail_desk',
        title: 'Mail desk',
        description: 'The demo mailbox: what is sent here can be seen on a page of the demo services.',
        kind: 'smtp',
        host,
        port: Number(port),
        tls: 'none',
        from: 'Acme Pay <support@acme.example>',
      },
    });
  }
  if (shop) {
    connectors.push({
      owner: acme,
      definition: {
        name: 'shop_database',
        title: 'Shop database',
        description: 'Orders and refunds of the shop, in a PostgreSQL of its own. Its user may only read.',
        kind: 'database',
        engine: 'postgresql',
        url: `postgresql://${shop}/shop`,
        auth: {
          type: 'basic',
          username: demoCredentials.shopUser,
          password: demoCredentials.shopPassword,
        },
      },
    });
  }
  if (temporalHttp) {
    connectors.push({
      owner: 'global',
      definition: {
        name: 'temporal',
        title: 'Temporal',
        description: 'What the Temporal server that runs everything here tells about itself.',
        scope: 'global',
        baseUrl: temporalHttp,
        headers: { accept: 'application/json' },
      },
    });
  }
  return connectors;
}

function basic() {
  const { basicUsername, basicPassword } = demoCredentials;
  return { type: 'basic' as const, username: basicUsername, password: basicPassword };
}
