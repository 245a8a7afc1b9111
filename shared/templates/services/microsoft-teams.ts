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
    scope:
      'offline_access Team.ReadBasic.All Channel.ReadBasic.All Channel.Create ChannelMessage.Send ChatMessage.Send',
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
    microsoft_teams_reply: {
      title: 'Reply to a message',
      description: 'Replies to a message in a channel.',
      scopes: ['ChannelMessage.Send'],
      reference: 'https://learn.microsoft.com/en-us/graph/api/chatmessage-post-replies',
      method: 'POST',
      path: '/teams/{team_id}/channels/{channel_id}/messages/{message_id}/replies',
      body: {
        body: { content: '{text}' },
      },
      inputs: {
        team_id: { type: 'string', description: 'ID of the team' },
        channel_id: { type: 'string', description: 'ID of the channel' },
        message_id: { type: 'string', description: 'ID of the message' },
        text: { type: 'string', description: 'The reply' },
      },
      required: ['team_id', 'channel_id', 'message_id', 'text'],
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
        message_id: '1616990032035',
        text: 'Order 4711 is solved.',
      },
    },
    microsoft_teams_send_chat_message: {
      title: 'Send a chat message',
      description: 'Sends a message to a chat that the person who signed in is in.',
      scopes: ['ChatMessage.Send'],
      reference: 'https://learn.microsoft.com/en-us/graph/api/chat-post-messages',
      method: 'POST',
      path: '/chats/{chat_id}/messages',
      body: {
        body: { content: '{text}' },
      },
      inputs: {
        chat_id: { type: 'string', description: 'ID of the chat' },
        text: { type: 'string', description: 'The message' },
      },
      required: ['chat_id', 'text'],
      output: {
        type: 'object',
        properties: {
          id: { type: ['string', 'null'] },
          createdDateTime: { type: ['string', 'null'] },
        },
      },
      sample: {
        chat_id: '19:2da4c29f6d7041eca70b638b43d45437@thread.v2',
        text: 'Order 4711 needs a look.',
      },
    },
    microsoft_teams_list_teams: {
      title: 'List my teams',
      description: 'Lists the teams that the person who signed in is a member of.',
      scopes: ['Team.ReadBasic.All'],
      reference: 'https://learn.microsoft.com/en-us/graph/api/user-list-joinedteams',
      method: 'GET',
      path: '/me/joinedTeams',
      inputs: {},
      required: [],
      output: {
        type: 'object',
        properties: {
          value: { type: ['array', 'null'], items: { type: 'object' } },
        },
      },
      sample: {},
    },
    microsoft_teams_list_channels: {
      title: 'List channels',
      description: 'Lists the channels of a team.',
      scopes: ['Channel.ReadBasic.All'],
      reference: 'https://learn.microsoft.com/en-us/graph/api/channel-list',
      method: 'GET',
      path: '/teams/{team_id}/channels',
      inputs: {
        team_id: { type: 'string', description: 'ID of the team' },
      },
      required: ['team_id'],
      output: {
        type: 'object',
        properties: {
          value: { type: ['array', 'null'], items: { type: 'object' } },
        },
      },
      sample: { team_id: 'fbe2bf47-16c8-47cf-b4a5-4b9b187c508b' },
    },
    microsoft_teams_create_channel: {
      title: 'Create a channel',
      description: 'Creates a channel that every member of the team sees.',
      scopes: ['Channel.Create'],
      reference: 'https://learn.microsoft.com/en-us/graph/api/channel-post',
      method: 'POST',
      path: '/teams/{team_id}/channels',
      body: { displayName: '{name}', description: '{description}', membershipType: 'standard' },
      inputs: {
        team_id: { type: 'string', description: 'ID of the team' },
        name: { type: 'string', description: 'Name of the channel' },
        description: { type: 'string', description: 'What it is for' },
      },
      required: ['team_id', 'name'],
      output: {
        type: 'object',
        properties: {
          id: { type: ['string', 'null'] },
          displayName: { type: ['string', 'null'] },
          webUrl: { type: ['string', 'null'] },
        },
      },
      sample: { team_id: 'fbe2bf47-16c8-47cf-b4a5-4b9b187c508b', name: 'Case 4711' },
    },
  },
} satisfies ServiceTemplates;
