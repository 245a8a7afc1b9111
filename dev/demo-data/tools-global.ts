import type { DemoTool } from './demo-tool.ts';
import { globex } from './people.ts';
import { integer, number, object, oneOf, response, text } from './schema-parts.ts';

const quick = { timeoutMs: 5000, deadlineMs: 30_000 };
const currencies = ['EUR', 'GBP', 'SEK', 'USD', 'PLN', 'CHF'];

/** Tools that every tenant sees; each tenant may disable them for itself. */
export function globalTools({ temporal }: { temporal: boolean }): DemoTool[] {
  return [...(temporal ? temporalTools : []), ...others];
}

const temporalTools: DemoTool[] = [
  one({
    ...quick,
    type: 'http',
    scope: 'global',
    name: 'temporal_cluster_info',
    title: 'Temporal: cluster info',
    description: 'Version, name and stores of the Temporal server that runs the tools.',
    category: 'platform',
    tags: ['temporal', 'lookup'],
    inputSchema: object({}),
    outputSchema: response({ serverVersion: text('Version'), clusterName: text('Cluster') }),
    // The content type of its JSON is "*".
    config: { connector: 'temporal', path: '/api/v1/cluster-info', responseType: 'json' },
  }),
  one({
    ...quick,
    type: 'http',
    scope: 'global',
    name: 'temporal_namespace',
    title: 'Temporal: namespace',
    description: 'How long the namespace keeps workflows that have ended, and where it is active.',
    category: 'platform',
    tags: ['temporal', 'lookup'],
    inputSchema: object({}),
    outputSchema: response({ name: text('Namespace'), state: text('State'), retention: text('Retention') }),
    config: {
      connector: 'temporal',
      path: '/api/v1/namespaces/default',
      responseType: 'json',
      transform:
        '{ "name": body.namespaceInfo.name, "state": body.namespaceInfo.state, "retention": body.config.workflowExecutionRetentionTtl }',
    },
  }),
];

const service = text('Service', { pattern: '^[a-z_]+$', examples: ['checkout_api'] });
const serviceState = response({
  name: text('Service'),
  status: oneOf('Status', ['up', 'degraded', 'down']),
  errorRate: number('Error rate', { minimum: 0, maximum: 1 }),
  restarts: integer('Restarts'),
});

const others: DemoTool[] = [
  one({
    ...quick,
    type: 'http',
    scope: 'global',
    name: 'service_status',
    title: 'Status of a service',
    description: 'Whether it is up, how many of its calls fail, and since when.',
    category: 'operations',
    tags: ['lookup'],
    inputSchema: object({ service }),
    outputSchema: serviceState,
    config: { connector: 'platform_operations', path: '/v1/services/{service}' },
  }),
  one({
    type: 'http',
    scope: 'global',
    name: 'follow_service_log',
    title: 'Follow the log of a service',
    description: 'Its next lines, each shown as soon as it is written. The output is the list of them.',
    category: 'operations',
    tags: ['lookup', 'live'],
    timeoutMs: 60_000,
    deadlineMs: 90_000,
    inputSchema: object({
      service,
      limit: integer('Lines', { minimum: 1, maximum: 100, default: 30 }),
    }),
    config: {
      connector: 'platform_operations',
      path: '/v1/services/{service}/log',
      stream: 'ndjson',
    },
  }),
  one({
    ...quick,
    type: 'http',
    scope: 'global',
    name: 'restart_service',
    title: 'Restart a service',
    description: 'Calls in progress there are lost. A second restart means a second outage.',
    category: 'operations',
    tags: ['needs-care'],
    inputSchema: object({ service }),
    outputSchema: serviceState,
    config: { connector: 'platform_operations', method: 'POST', path: '/v1/services/{service}/restart' },
  }),
  one({
    ...quick,
    type: 'http',
    scope: 'global',
    name: 'exchange_rates',
    title: 'Exchange rates',
    description: 'Today’s rates against one currency.',
    category: 'finance',
    tags: ['lookup'],
    inputSchema: object({ base: oneOf('Base currency', currencies, { default: 'EUR' }) }),
    outputSchema: response({
      base: text('Base'),
      asOf: text('As of', { format: 'date' }),
      rates: { type: 'object' },
    }),
    config: { connector: 'exchange_rate_feed', path: '/v1/exchange-rates' },
  }),
  {
    ...one({
      type: 'dummy',
      scope: 'global',
      name: 'sandbox_response',
      title: 'Sandbox response',
      description:
        'Responds at once with a fixed text: to try out forms, rights and playbooks without any effect.',
      category: 'sandbox',
      tags: ['sandbox'],
      inputSchema: object({ note: text('Note') }, []),
      config: { response: { ok: true, message: 'Nothing was done.' } },
    }),
    disabledFor: [globex],
  },
  {
    ...one({
      type: 'dummy',
      scope: 'global',
      name: 'sandbox_failure',
      title: 'Sandbox failure',
      description: 'Always fails, to show what an operator sees then.',
      category: 'sandbox',
      tags: ['sandbox'],
      inputSchema: object({}),
      retry: { maxAttempts: 2, initialMs: 200, factor: 1, maxMs: 200 },
      config: { failure: { code: 'provider_error', message: 'The sandbox is configured to fail' } },
    }),
  },
  {
    ...one({
      type: 'dummy',
      scope: 'global',
      name: 'ping',
      title: 'Ping',
      description: 'Replaced by Sandbox response.',
      category: 'sandbox',
      tags: ['legacy'],
      inputSchema: object({}),
      config: { response: { pong: true } },
    }),
    archived: true,
  },
];

function one(definition: DemoTool['versions'][number]): DemoTool {
  return { owner: 'global', versions: [definition] };
}
