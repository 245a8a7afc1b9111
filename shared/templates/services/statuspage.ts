import type { ServiceTemplates } from '../template-data.ts';

export default {
  service: 'statuspage',
  title: 'Statuspage',
  category: 'incidents',
  baseUrl: 'https://api.statuspage.io/v1',
  auth: {
    type: 'api_key',
    in: 'header',
    name: 'Authorization',
  },
  credential: 'Copy your API key from Statuspage under Manage account, API, and enter it as OAuth KEY.',
  tools: {
    statuspage_list_incidents: {
      title: 'List incidents',
      description: 'Lists the incidents of a page.',
      scopes: ['API key'],
      reference: 'https://developer.statuspage.io/',
      method: 'GET',
      path: '/pages/{page_id}/incidents',
      inputs: {
        page_id: { type: 'string', description: 'ID of the page' },
      },
      required: ['page_id'],
      output: {},
      sample: { page_id: 'qfn30z5r6s5h' },
    },
    statuspage_create_incident: {
      title: 'Create an incident',
      description: 'Shows an incident on the page, and tells subscribers.',
      scopes: ['API key'],
      reference: 'https://developer.statuspage.io/',
      method: 'POST',
      path: '/pages/{page_id}/incidents',
      body: {
        incident: { name: '{name}', status: '{status}', body: '{body}' },
      },
      inputs: {
        page_id: { type: 'string', description: 'ID of the page' },
        name: { type: 'string', description: 'Title' },
        status: {
          type: 'string',
          enum: ['investigating', 'identified', 'monitoring', 'resolved'],
          description: 'State',
        },
        body: { type: 'string', description: 'Text of the first update' },
      },
      required: ['page_id', 'name', 'status', 'body'],
      output: {
        type: 'object',
        properties: {
          id: { type: ['string', 'null'] },
          status: { type: ['string', 'null'] },
        },
      },
      sample: {
        page_id: 'qfn30z5r6s5h',
        name: 'Refunds fail',
        status: 'investigating',
        body: 'We look into it.',
      },
    },
    statuspage_update_incident: {
      title: 'Update an incident',
      description: 'Writes an update of an incident.',
      scopes: ['API key'],
      reference: 'https://developer.statuspage.io/',
      method: 'PATCH',
      path: '/pages/{page_id}/incidents/{incident_id}',
      body: {
        incident: { status: '{status}', body: '{body}' },
      },
      inputs: {
        page_id: { type: 'string', description: 'ID of the page' },
        incident_id: { type: 'string', description: 'ID of the incident' },
        status: {
          type: 'string',
          enum: ['investigating', 'identified', 'monitoring', 'resolved'],
          description: 'New state',
        },
        body: { type: 'string', description: 'Text of the update' },
      },
      required: ['page_id', 'incident_id', 'status', 'body'],
      output: {
        type: 'object',
        properties: {
          id: { type: ['string', 'null'] },
          status: { type: ['string', 'null'] },
        },
      },
      sample: {
        page_id: 'qfn30z5r6s5h',
        incident_id: 'tks5n8x7w24h',
        status: 'resolved',
        body: 'Refunds work again.',
      },
    },
  },
} satisfies ServiceTemplates;
