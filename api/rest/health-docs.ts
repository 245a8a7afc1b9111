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

const since = '2026-11-22T06:00:00.000Z';
const fine = { status: 'ok', since, detail: null };
const parts = {
  database: fine,
  migrations: fine,
  vault: fine,
  temporal: fine,
  worker: fine,
  logReaders: fine,
};
const away = { status: 'unavailable', since, detail: 'PostgreSQL does not respond. Requests get 503.' };

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
          'The process serves requests. `degraded`: a part that is not `ok` keeps something waiting, or `stalledWorkflows` open workflows cannot go on before someone acts',
          { status: 'ready', parts },
        ),
        '503': report('It does not: it starts, a part is `unavailable`, or it was asked to stop', {
          status: 'not ready',
          parts: { ...parts, database: away },
        }),
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
