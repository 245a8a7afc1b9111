type Json = Record<string, unknown>;

const report = (description: string): Json => ({
  description,
  content: { 'application/json': { schema: { type: 'object', additionalProperties: true } } },
});

/** The part of the OpenAPI document for probes and monitoring. */
export const healthPaths: Record<string, Json> = {
  '/healthz': {
    get: {
      operationId: 'healthz',
      summary: 'Say whether the process runs',
      description: 'For the probe that restarts a process. It needs no credential.',
      tags: ['health'],
      security: [],
      responses: { '200': report('The process runs') },
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
        '200': report('PostgreSQL and Temporal are reachable'),
        '503': report('One of them is not, or the process stops'),
      },
    },
  },
};
