import type { ServiceTemplates } from '../template-data.ts';

export default {
  service: 'grafana',
  title: 'Grafana',
  category: 'monitoring',
  baseUrl: 'https://{host}/api',
  auth: {
    type: 'bearer',
  },
  credential: 'Create a service account with a token in Grafana under Administration.',
  parameters: {
    host: {
      title: 'Host',
      description: 'Of your Grafana, such as example.grafana.net',
      example: 'example.grafana.net',
    },
  },
  tools: {
    grafana_create_annotation: {
      title: 'Create an annotation',
      description: 'Marks a time on dashboards.',
      scopes: ['annotations:create'],
      reference: 'https://grafana.com/docs/grafana/latest/developers/http_api/annotations/#create-annotation',
      method: 'POST',
      path: '/annotations',
      inputs: {
        text: { type: 'string', description: 'Text' },
        tags: {
          type: 'array',
          items: { type: 'string' },
          description: 'Tags',
        },
        time: { type: 'integer', description: 'When, in Unix milliseconds' },
        timeEnd: { type: 'integer', description: 'End, in Unix milliseconds' },
        dashboardUID: { type: 'string', description: 'UID of the dashboard' },
      },
      required: ['text'],
      output: {
        type: 'object',
        properties: {
          id: { type: ['integer', 'null'] },
          message: { type: ['string', 'null'] },
        },
      },
      sample: { text: 'Release 1.2.0', tags: ['deploy'], time: 1767225600000 },
    },
    grafana_list_annotations: {
      title: 'List annotations',
      description: 'Lists annotations of a time.',
      scopes: ['annotations:read'],
      reference: 'https://grafana.com/docs/grafana/latest/developers/http_api/annotations/#find-annotations',
      method: 'GET',
      path: '/annotations',
      inputs: {
        from: { type: 'integer', description: 'Start of the time, in Unix milliseconds' },
        to: { type: 'integer', description: 'End of the time' },
        tags: {
          type: 'array',
          items: { type: 'string' },
          description: 'Tags',
        },
        limit: { type: 'integer', description: 'Results at most' },
      },
      required: [],
      output: {},
      sample: { tags: ['deploy'], limit: 20 },
    },
    grafana_search_dashboards: {
      title: 'Search dashboards',
      description: 'Finds dashboards and folders.',
      scopes: ['dashboards:read'],
      reference: 'https://grafana.com/docs/grafana/latest/developers/http_api/folder_dashboard_search/',
      method: 'GET',
      path: '/search',
      inputs: {
        query: { type: 'string', description: 'Words of the title' },
        tag: {
          type: 'array',
          items: { type: 'string' },
          description: 'Tags',
        },
        type: { type: 'string', enum: ['dash-db', 'dash-folder'], description: 'Kind' },
        limit: { type: 'integer', description: 'Results at most' },
      },
      required: [],
      output: {},
      sample: { query: 'payments', type: 'dash-db' },
    },
    grafana_get_dashboard: {
      title: 'Get a dashboard',
      description: 'Reads a dashboard.',
      scopes: ['dashboards:read'],
      reference:
        'https://grafana.com/docs/grafana/latest/developers/http_api/dashboard/#get-dashboard-by-uid',
      method: 'GET',
      path: '/dashboards/uid/{uid}',
      inputs: {
        uid: { type: 'string', description: 'UID of the dashboard' },
      },
      required: ['uid'],
      output: {
        type: 'object',
        properties: {
          dashboard: { type: ['object', 'null'] },
          meta: { type: ['object', 'null'] },
        },
      },
      sample: { uid: 'cIBgcSjkk' },
    },
  },
} satisfies ServiceTemplates;
