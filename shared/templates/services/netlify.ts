import type { ServiceTemplates } from '../template-data.ts';

export default {
  service: 'netlify',
  title: 'Netlify',
  category: 'development',
  baseUrl: 'https://api.netlify.com/api/v1',
  auth: {
    type: 'bearer',
  },
  credential: 'Create a personal access token in Netlify’s user settings.',
  tools: {
    netlify_list_sites: {
      title: 'List sites',
      description: 'Lists sites.',
      scopes: ['Personal access token'],
      reference: 'https://open-api.netlify.com/',
      method: 'GET',
      path: '/sites',
      inputs: {
        name: { type: 'string', description: 'Part of the name' },
        page: { type: 'integer', description: 'Number of the page' },
        per_page: { type: 'integer', description: 'Results on a page' },
      },
      required: [],
      output: {},
      sample: { per_page: 20 },
    },
    netlify_list_deploys: {
      title: 'List deploys',
      description: 'Lists the deploys of a site.',
      scopes: ['Personal access token'],
      reference: 'https://open-api.netlify.com/',
      method: 'GET',
      path: '/sites/{site_id}/deploys',
      inputs: {
        site_id: { type: 'string', description: 'ID of the site' },
        state: {
          type: 'string',
          enum: ['enqueued', 'building', 'uploading', 'processing', 'ready', 'error', 'retrying'],
          description: 'State',
        },
        page: { type: 'integer', description: 'Number of the page' },
        per_page: { type: 'integer', description: 'Results on a page' },
      },
      required: ['site_id'],
      output: {},
      sample: { site_id: '3970e0fe-8564-4903-9a55-c5f8de49fb8b', per_page: 10 },
    },
  },
} satisfies ServiceTemplates;
