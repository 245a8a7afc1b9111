import type { ServiceTemplates } from '../template-data.ts';

export default {
  service: 'datadog',
  title: 'Datadog',
  category: 'monitoring',
  baseUrl: 'https://api.{site}/api/v1',
  auth: {
    type: 'api_key',
    in: 'header',
    name: 'DD-API-KEY',
  },
  credential: 'Copy an API key from Datadog under Organization Settings, API Keys.',
  parameters: {
    site: {
      title: 'Site',
      description:
        'datadoghq.com, datadoghq.eu, us3.datadoghq.com, us5.datadoghq.com, ap1.datadoghq.com or ddog-gov.com',
      example: 'datadoghq.com',
      pattern: '(?:us3\\.|us5\\.|ap1\\.)?datadoghq\\.com|datadoghq\\.eu|ddog-gov\\.com',
    },
  },
  tools: {
    datadog_post_event: {
      title: 'Post an event',
      description: 'Writes an event to the stream.',
      scopes: ['API key'],
      reference: 'https://docs.datadoghq.com/api/latest/events/#post-an-event',
      method: 'POST',
      path: '/events',
      inputs: {
        title: { type: 'string', description: 'Title' },
        text: { type: 'string', description: 'Text' },
        tags: {
          type: 'array',
          items: { type: 'string' },
          description: 'Tags',
        },
        alert_type: { type: 'string', enum: ['error', 'warning', 'info', 'success'], description: 'Kind' },
        aggregation_key: { type: 'string', description: 'Events with the same key are shown as one' },
      },
      required: ['title', 'text'],
      output: {
        type: 'object',
        properties: {
          status: { type: ['string', 'null'] },
          event: { type: ['object', 'null'] },
        },
      },
      sample: {
        title: 'Refunds fail',
        text: 'Provider answers 503.',
        alert_type: 'error',
        tags: ['service:payments'],
      },
    },
    datadog_submit_metric: {
      title: 'Submit a metric',
      description: 'Sends points of a metric.',
      scopes: ['API key'],
      reference: 'https://docs.datadoghq.com/api/latest/metrics/#submit-metrics',
      method: 'POST',
      path: '/series',
      body: {
        series: [{ metric: '{metric}', points: '{points}', tags: '{tags}', type: '{type}' }],
      },
      inputs: {
        metric: { type: 'string', description: 'Name' },
        points: {
          type: 'array',
          items: {
            type: 'array',
            items: { type: 'number' },
          },
          description: 'Pairs of Unix seconds and value',
        },
        tags: {
          type: 'array',
          items: { type: 'string' },
          description: 'Tags',
        },
        type: { type: 'string', enum: ['count', 'gauge', 'rate'], description: 'Kind' },
      },
      required: ['metric', 'points'],
      output: {
        type: 'object',
        properties: {
          status: { type: ['string', 'null'] },
        },
      },
      sample: {
        metric: 'refunds.failed',
        points: [[1767225600, 3]],
        type: 'count',
        tags: ['service:payments'],
      },
    },
    datadog_validate_key: {
      title: 'Check the key',
      description: 'Says whether the API key is valid.',
      scopes: ['API key'],
      reference: 'https://docs.datadoghq.com/api/latest/authentication/#validate-api-key',
      method: 'GET',
      path: '/validate',
      inputs: {},
      required: [],
      output: {
        type: 'object',
        properties: {
          valid: { type: ['boolean', 'null'] },
        },
      },
      sample: {},
    },
  },
} satisfies ServiceTemplates;
