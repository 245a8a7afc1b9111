import type { ServiceTemplates } from '../template-data.ts';

export default {
  service: 'vercel',
  title: 'Vercel',
  category: 'development',
  baseUrl: 'https://api.vercel.com',
  auth: {
    type: 'bearer',
  },
  credential: 'Create an access token in Vercel’s account settings.',
  tools: {
    vercel_list_deployments: {
      title: 'List deployments',
      description: 'Lists deployments, newest first.',
      scopes: ['Access token'],
      reference: 'https://vercel.com/docs/rest-api/',
      method: 'GET',
      path: '/v6/deployments',
      inputs: {
        projectId: { type: 'string', description: 'ID of the project' },
        target: { type: 'string', enum: ['production', 'preview'], description: 'Where it was deployed' },
        limit: { type: 'integer', description: 'Results on a page' },
        teamId: { type: 'string', description: 'ID of the team' },
      },
      required: [],
      output: {
        type: 'object',
        properties: {
          deployments: {
            type: ['array', 'null'],
            items: { type: 'object' },
          },
          pagination: { type: ['object', 'null'] },
        },
      },
      sample: { projectId: 'prj_123', limit: 20 },
    },
    vercel_get_deployment: {
      title: 'Get a deployment',
      description: 'Reads a deployment.',
      scopes: ['Access token'],
      reference: 'https://vercel.com/docs/rest-api/',
      method: 'GET',
      path: '/v13/deployments/{idOrUrl}',
      inputs: {
        idOrUrl: { type: 'string', description: 'ID or host name of the deployment' },
        teamId: { type: 'string', description: 'ID of the team' },
      },
      required: ['idOrUrl'],
      output: {},
      sample: { idOrUrl: 'dpl_123' },
    },
    vercel_cancel_deployment: {
      title: 'Cancel a deployment',
      description: 'Stops a deployment that is building.',
      scopes: ['Access token'],
      reference: 'https://vercel.com/docs/rest-api/',
      method: 'PATCH',
      path: '/v12/deployments/{id}/cancel',
      inputs: {
        id: { type: 'string', description: 'ID of the deployment' },
      },
      required: ['id'],
      output: {},
      sample: { id: 'dpl_123' },
    },
    vercel_list_projects: {
      title: 'List projects',
      description: 'Lists projects.',
      scopes: ['Access token'],
      reference: 'https://vercel.com/docs/rest-api/',
      method: 'GET',
      path: '/v9/projects',
      inputs: {
        search: { type: 'string', description: 'Part of the name' },
        limit: { type: 'string', description: 'Results on a page' },
        teamId: { type: 'string', description: 'ID of the team' },
      },
      required: [],
      output: {
        type: 'object',
        properties: {
          projects: {
            type: ['array', 'null'],
            items: { type: 'object' },
          },
          pagination: { type: ['object', 'null'] },
        },
      },
      sample: { search: 'shop' },
    },
  },
} satisfies ServiceTemplates;
