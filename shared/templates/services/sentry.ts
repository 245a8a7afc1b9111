import type { ServiceTemplates } from '../template-data.ts';

export default {
  service: 'sentry',
  title: 'Sentry',
  category: 'monitoring',
  baseUrl: 'https://{region}.sentry.io/api/0',
  auth: {
    type: 'bearer',
  },
  credential: 'Create an internal integration or an auth token in Sentry’s settings.',
  parameters: {
    region: {
      title: 'Region',
      description: 'us or de, as in the address of your Sentry',
      example: 'us',
      pattern: 'us|de',
    },
  },
  tools: {
    sentry_list_issues: {
      title: 'List issues',
      description: 'Finds issues of an organization.',
      scopes: ['event:read'],
      reference: 'https://docs.sentry.io/api/events/list-an-organizations-issues/',
      method: 'GET',
      path: '/organizations/{organization}/issues/',
      inputs: {
        organization: { type: 'string', description: 'Slug of the organization' },
        query: { type: 'string', description: 'Search words, such as is:unresolved' },
        statsPeriod: { type: 'string', description: 'Time, such as 24h' },
        limit: { type: 'integer', description: 'Results on a page' },
        cursor: { type: 'string', description: 'Cursor of the page' },
      },
      required: ['organization'],
      output: {},
      sample: { organization: 'example', query: 'is:unresolved', limit: 20 },
    },
    sentry_get_issue: {
      title: 'Get an issue',
      description: 'Reads one issue.',
      scopes: ['event:read'],
      reference: 'https://docs.sentry.io/api/events/retrieve-an-issue/',
      method: 'GET',
      path: '/organizations/{organization}/issues/{issue_id}/',
      inputs: {
        organization: { type: 'string', description: 'Slug of the organization' },
        issue_id: { type: 'string', description: 'ID of the issue' },
      },
      required: ['organization', 'issue_id'],
      output: {
        type: 'object',
        properties: {
          id: { type: ['string', 'null'] },
          shortId: { type: ['string', 'null'] },
          title: { type: ['string', 'null'] },
          status: { type: ['string', 'null'] },
          permalink: { type: ['string', 'null'] },
        },
      },
      sample: { organization: 'example', issue_id: '1234567890' },
    },
    sentry_update_issue: {
      title: 'Resolve or ignore an issue',
      description: 'Changes the state of an issue.',
      scopes: ['event:write'],
      reference: 'https://docs.sentry.io/api/events/update-an-issue/',
      method: 'PUT',
      path: '/organizations/{organization}/issues/{issue_id}/',
      inputs: {
        organization: { type: 'string', description: 'Slug of the organization' },
        issue_id: { type: 'string', description: 'ID of the issue' },
        status: { type: 'string', enum: ['resolved', 'unresolved', 'ignored'], description: 'New state' },
      },
      required: ['organization', 'issue_id', 'status'],
      output: {
        type: 'object',
        properties: {
          id: { type: ['string', 'null'] },
          shortId: { type: ['string', 'null'] },
          status: { type: ['string', 'null'] },
        },
      },
      sample: { organization: 'example', issue_id: '1234567890', status: 'resolved' },
    },
    sentry_create_release: {
      title: 'Create a release',
      description: 'Tells Sentry of a release.',
      scopes: ['project:releases'],
      reference: 'https://docs.sentry.io/api/releases/create-a-new-release-for-an-organization/',
      method: 'POST',
      path: '/organizations/{organization}/releases/',
      inputs: {
        organization: { type: 'string', description: 'Slug of the organization' },
        version: { type: 'string', description: 'Name of the release' },
        projects: {
          type: 'array',
          items: { type: 'string' },
          description: 'Slugs of projects',
        },
        url: { type: 'string', description: 'Where it is described' },
        ref: { type: 'string', description: 'Commit' },
      },
      required: ['organization', 'version', 'projects'],
      output: {
        type: 'object',
        properties: {
          version: { type: ['string', 'null'] },
        },
      },
      sample: { organization: 'example', version: 'shop@1.2.0', projects: ['shop'] },
    },
    sentry_list_projects: {
      title: 'List projects',
      description: 'Lists the projects of an organization.',
      scopes: ['org:read'],
      reference: 'https://docs.sentry.io/api/organizations/list-an-organizations-projects/',
      method: 'GET',
      path: '/organizations/{organization}/projects/',
      inputs: {
        organization: { type: 'string', description: 'Slug of the organization' },
        cursor: { type: 'string', description: 'Cursor of the page' },
      },
      required: ['organization'],
      output: {},
      sample: { organization: 'example' },
    },
  },
} satisfies ServiceTemplates;
