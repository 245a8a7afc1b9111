import { errorResponses } from './schema-components.ts';

type Json = Record<string, unknown>;

const report = (description: string, example: Json): Json => ({
  description,
  content: {
    'application/json': {
      schema: {
        type: 'object',
        required: Object.keys(example),
        properties: Object.fromEntries(
          Object.entries(example).map(([name, value]) => [
            name,
            typeof value === 'string' ? { type: 'string' } : { type: 'object', additionalProperties: true },
          ]),
        ),
        additionalProperties: true,
      },
      example,
    },
  },
});

const checks = { database: 'ok', temporal: 'ok' };

/** The part of the OpenAPI document for probes and monitoring. */
export const healthPaths: Record<string, Json> = {
  '/healthz': {
    get: {
      operationId: 'healthz',
      summary: 'Say whether the process runs',
      description: 'For the probe that restarts a process. It needs no credential.',
      tags: ['health'],
      security: [],
      responses: { '200': report('The process runs', { status: 'ok' }) },
    },
  },
  '/readyz': {
    get: {
      operationId: 'readyz',
      summary: 'Say whether the process can serve requests',
      description: 'For the load balancer. It needs no credential.',
      tags: ['health'],
      security: [],
      responses: {
        '200': report(
          'PostgreSQL and Temporal are reachable. `degraded`: `stalledWorkflows` open workflows cannot go on before someone acts, or the keys of the vault are not available (`vault`)',
          { status: 'ready', checks },
        ),
        '503': report(
          'One of them is not, no workflow can start (`search_attributes_missing`), or the process stops',
          {
            status: 'not ready',
            checks: { ...checks, temporal: 'unavailable' },
          },
        ),
      },
    },
  },
  '/metrics': {
    get: {
      operationId: 'metrics',
      summary: 'Read the metrics of the process',
      description:
        'In the format of Prometheus. With the token of the deployment as bearer; without one, only where the deployment serves metrics to everyone.',
      tags: ['health'],
      security: [{ metricsToken: [] }, {}],
      responses: {
        '200': {
          description: 'The metrics',
          content: { 'text/plain': { schema: { type: 'string' } } },
        },
        ...errorResponses(401, 403),
      },
    },
  },
};
