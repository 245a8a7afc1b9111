import type { ServiceTemplates } from '../template-data.ts';

export default {
  service: 'okta',
  title: 'Okta',
  category: 'identity',
  baseUrl: 'https://{domain}/api/v1',
  auth: {
    type: 'api_key',
    in: 'header',
    name: 'Authorization',
  },
  credential:
    'Create an API token in the Okta admin console under Security, API, and enter it as SSWS TOKEN.',
  parameters: {
    domain: {
      title: 'Okta domain',
      description: 'Such as example.okta.com',
      example: 'example.okta.com',
      pattern: '[a-z0-9-]+\\.(?:okta|oktapreview|okta-emea)\\.com',
    },
  },
  tools: {
    okta_create_user: {
      title: 'Create a user',
      description: 'Creates a user.',
      scopes: ['okta.users.manage'],
      reference: 'https://developer.okta.com/docs/api/openapi/okta-management/management/tag/User/',
      method: 'POST',
      path: '/users',
      query: { activate: '{activate}' },
      body: {
        profile: { email: '{email}', login: '{email}', firstName: '{firstName}', lastName: '{lastName}' },
      },
      inputs: {
        email: { type: 'string', description: 'Email address, also the login' },
        firstName: { type: 'string', description: 'First name' },
        lastName: { type: 'string', description: 'Last name' },
        activate: { type: 'boolean', description: 'Whether the user can sign in at once' },
      },
      required: ['email', 'firstName', 'lastName'],
      output: {
        type: 'object',
        properties: {
          id: { type: ['string', 'null'] },
          status: { type: ['string', 'null'] },
        },
      },
      sample: { email: 'ada@example.com', firstName: 'Ada', lastName: 'Lovelace', activate: true },
    },
    okta_get_user: {
      title: 'Get a user',
      description: 'Reads one user.',
      scopes: ['okta.users.read'],
      reference: 'https://developer.okta.com/docs/api/openapi/okta-management/management/tag/User/',
      method: 'GET',
      path: '/users/{userId}',
      inputs: {
        userId: { type: 'string', description: 'ID or login of the user' },
      },
      required: ['userId'],
      output: {
        type: 'object',
        properties: {
          id: { type: ['string', 'null'] },
          status: { type: ['string', 'null'] },
          profile: { type: ['object', 'null'] },
        },
      },
      sample: { userId: 'ada@example.com' },
    },
    okta_find_users: {
      title: 'Find users',
      description: 'Finds users by a part of their name or email address.',
      scopes: ['okta.users.read'],
      reference: 'https://developer.okta.com/docs/api/openapi/okta-management/management/tag/User/',
      method: 'GET',
      path: '/users',
      inputs: {
        q: { type: 'string', description: 'First letters of name or email address' },
        limit: { type: 'integer', description: 'Results on a page' },
      },
      required: [],
      output: {},
      sample: { q: 'ada', limit: 20 },
    },
    okta_suspend_user: {
      title: 'Suspend a user',
      description: 'Stops a user from signing in.',
      scopes: ['okta.users.manage'],
      reference: 'https://developer.okta.com/docs/api/openapi/okta-management/management/tag/UserLifecycle/',
      method: 'POST',
      path: '/users/{userId}/lifecycle/suspend',
      inputs: {
        userId: { type: 'string', description: 'ID of the user' },
      },
      required: ['userId'],
      output: {},
      sample: { userId: '00ub0oNGTSWTBKOLGLNR' },
    },
    okta_add_to_group: {
      title: 'Add a user to a group',
      description: 'Makes a user a member of a group.',
      scopes: ['okta.groups.manage'],
      reference: 'https://developer.okta.com/docs/api/openapi/okta-management/management/tag/Group/',
      method: 'PUT',
      path: '/groups/{groupId}/users/{userId}',
      inputs: {
        groupId: { type: 'string', description: 'ID of the group' },
        userId: { type: 'string', description: 'ID of the user' },
      },
      required: ['groupId', 'userId'],
      output: {},
      sample: { groupId: '00g1emaKYZTWRYYRRTSK', userId: '00ub0oNGTSWTBKOLGLNR' },
    },
  },
} satisfies ServiceTemplates;
