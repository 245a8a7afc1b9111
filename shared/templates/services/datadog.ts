import type { ServiceTemplates } from '../template-data.ts';

export default {
  service: 'datadog',
  title: 'Datadog',
  category: 'monitoring',
  baseUrl: 'https://api.{site}/api/v1',
  auth: {
    type: 'api_keys',
    places: [
      { in: 'header', name: 'DD-API-KEY' },
      { in: 'header', name: 'DD-APPLICATION-KEY' },
    ],
  },
  credential:
    'Copy an API key and an application key from Datadog, under Organization Settings, API Keys and Application Keys.',
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
    datadog_list_monitors: {
      title: 'List monitors',
      description: 'Lists monitors with their state.',
      scopes: ['monitors_read'],
      reference: 'https://docs.datadoghq.com/api/latest/monitors/#get-all-monitors',
      method: 'GET',
      path: '/monitor',
      inputs: {
        name: { type: 'string', description: 'Part of the name' },
        monitor_tags: { type: 'string', description: 'Tags of the monitor, separated by commas' },
        page: { type: 'integer', description: 'Number of the page, from 0' },
        page_size: { type: 'integer', description: 'Monitors on a page, up to 1000' },
      },
      required: [],
      output: {},
      sample: { monitor_tags: 'service:payments', page: 0, page_size: 50 },
    },
    datadog_get_monitor: {
      title: 'Get a monitor',
      description: 'Reads a monitor with its state.',
      scopes: ['monitors_read'],
      reference: 'https://docs.datadoghq.com/api/latest/monitors/#get-a-monitors-details',
      method: 'GET',
      path: '/monitor/{monitor_id}',
      inputs: {
        monitor_id: { type: 'integer', description: 'ID of the monitor' },
      },
      required: ['monitor_id'],
      output: {
        type: 'object',
        properties: {
          id: { type: ['integer', 'null'] },
          name: { type: ['string', 'null'] },
          overall_state: { type: ['string', 'null'] },
        },
      },
      sample: { monitor_id: 666486743 },
    },
    datadog_query_metrics: {
      title: 'Query metrics',
      description: 'Reads the points of a metric query in a span of time.',
      scopes: ['timeseries_query'],
      reference: 'https://docs.datadoghq.com/api/latest/metrics/#query-timeseries-points',
      method: 'GET',
      path: '/query',
      inputs: {
        from: { type: 'integer', description: 'Start, in Unix seconds' },
        to: { type: 'integer', description: 'End, in Unix seconds' },
        query: { type: 'string', description: 'Such as sum:refunds.failed{service:payments}' },
      },
      required: ['from', 'to', 'query'],
      output: {
        type: 'object',
        properties: {
          status: { type: ['string', 'null'] },
          series: { type: ['array', 'null'], items: { type: 'object' } },
        },
      },
      sample: { from: 1767225600, to: 1767229200, query: 'sum:refunds.failed{service:payments}' },
    },
    datadog_mute_scope: {
      title: 'Mute monitors for a time',
      description: 'Schedules a downtime: the monitors of a scope do not alert.',
      scopes: ['monitors_downtime'],
      reference: 'https://docs.datadoghq.com/api/latest/downtimes/#schedule-a-downtime',
      method: 'POST',
      path: '/downtime',
      inputs: {
        scope: {
          type: 'array',
          items: { type: 'string' },
          description: 'What is muted, such as service:payments',
        },
        end: { type: 'integer', description: 'When it ends, in Unix seconds' },
        message: { type: 'string', description: 'Why' },
      },
      required: ['scope', 'end'],
      output: {
        type: 'object',
        properties: {
          id: { type: ['integer', 'null'] },
          active: { type: ['boolean', 'null'] },
        },
      },
      sample: { scope: ['service:payments'], end: 1767229200, message: 'The provider is repaired.' },
    },
  },
} satisfies ServiceTemplates;
