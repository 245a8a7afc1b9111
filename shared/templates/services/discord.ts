import type { ServiceTemplates } from '../template-data.ts';

export default {
  service: 'discord',
  title: 'Discord',
  category: 'communication',
  baseUrl: 'https://discord.com/api/v10',
  auth: {
    type: 'api_key',
    in: 'header',
    name: 'Authorization',
  },
  credential:
    'Create an application with a bot in Discord’s developer portal, and enter its token as Bot TOKEN.',
  tools: {
    discord_post_message: {
      title: 'Post a message',
      description: 'Posts a message to a channel.',
      scopes: ['SEND_MESSAGES'],
      reference: 'https://discord.com/developers/docs/resources/message#create-message',
      method: 'POST',
      path: '/channels/{channel_id}/messages',
      inputs: {
        channel_id: { type: 'string', description: 'ID of the channel' },
        content: { type: 'string', description: 'The message' },
      },
      required: ['channel_id', 'content'],
      output: {
        type: 'object',
        properties: {
          id: { type: ['string', 'null'] },
          channel_id: { type: ['string', 'null'] },
          content: { type: ['string', 'null'] },
          timestamp: { type: ['string', 'null'] },
        },
      },
      sample: { channel_id: '199737254929760256', content: 'Order 4711 needs a look.' },
    },
    discord_read_channel: {
      title: 'Read a channel',
      description: 'Reads the latest messages of a channel.',
      scopes: ['VIEW_CHANNEL', 'READ_MESSAGE_HISTORY'],
      reference: 'https://discord.com/developers/docs/resources/message#get-channel-messages',
      method: 'GET',
      path: '/channels/{channel_id}/messages',
      inputs: {
        channel_id: { type: 'string', description: 'ID of the channel' },
        limit: { type: 'integer', description: 'Messages, up to 100' },
        before: { type: 'string', description: 'ID of a message: only older ones' },
      },
      required: ['channel_id'],
      output: {},
      sample: { channel_id: '199737254929760256', limit: 20 },
    },
    discord_create_channel: {
      title: 'Create a channel',
      description: 'Creates a text channel.',
      scopes: ['MANAGE_CHANNELS'],
      reference: 'https://discord.com/developers/docs/resources/guild#create-guild-channel',
      method: 'POST',
      path: '/guilds/{guild_id}/channels',
      inputs: {
        guild_id: { type: 'string', description: 'ID of the server' },
        name: { type: 'string', description: 'Name' },
        topic: { type: 'string', description: 'Topic' },
      },
      required: ['guild_id', 'name'],
      output: {
        type: 'object',
        properties: {
          id: { type: ['string', 'null'] },
          name: { type: ['string', 'null'] },
        },
      },
      sample: { guild_id: '197038439483310086', name: 'case-4711' },
    },
  },
} satisfies ServiceTemplates;
