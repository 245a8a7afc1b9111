import type { ServiceTemplates } from '../template-data.ts';

export default {
  service: 'microsoft_teams',
  title: 'Microsoft Teams',
  category: 'communication',
  baseUrl: 'https://graph.microsoft.com/v1.0',
  auth: {
    type: 'oauth2_authorization_code',
    authorizationUrl: 'https://login.microsoftonline.com/{tenant}/oauth2/v2.0/authorize',
    tokenUrl: 'https://login.microsoftonline.com/{tenant}/oauth2/v2.0/token',
    scope: 'offline_access ChannelMessage.Send',
    clientAuthentication: 'body',
  },
  credential:
    'Register an app in Microsoft Entra with a client secret and the delegated permissions, then sign in.',
  parameters: {
    tenant: {
      title: 'Directory',
      description: 'ID or domain of your Microsoft Entra directory',
      example: 'example.onmicrosoft.com',
    },
  },
  tools: {
    microsoft_teams_post_message: {
      title: 'Post a message',
      description: 'Posts a message to a channel of a team.',
      scopes: ['ChannelMessage.Send'],
      reference: 'https://learn.microsoft.com/en-us/graph/api/channel-post-messages',
      method: 'POST',
      path: '/teams/{team_id}/channels/{channel_id}/messages',
      body: {
        body: { content: '{text}' },
      },
      inputs: {
        team_id: { type: 'string', description: 'ID of the team' },
        channel_id: { type: 'string', description: 'ID of the channel' },
        text: { type: 'string', description: 'The message' },
      },
      required: ['team_id', 'channel_id', 'text'],
      output: {
        type: 'object',
        properties: {
          id: { type: ['string', 'null'] },
          webUrl: { type: ['string', 'null'] },
        },
      },
      sample: {
        team_id: 'fbe2bf47-16c8-47cf-b4a5-4b9b187c508b',
        channel_id: '19:4a95f7d8db4c4e7fae857bcebe0623e6@thread.tacv2',
        text: 'Order 4711 needs a look.',
      },
    },
  },
} satisfies ServiceTemplates;
