import type { ServiceTemplates } from '../template-data.ts';

export default {
  service: 'opsgenie',
  title: 'Opsgenie',
  category: 'incidents',
  baseUrl: 'https://{host}',
  auth: {
    type: 'api_key',
    in: 'header',
    name: 'Authorization',
  },
  credential: 'Copy the key of an API integration of your team, and enter it as GenieKey KEY.',
  parameters: {
    host: {
      title: 'API host',
      description: 'api.opsgenie.com, or api.eu.opsgenie.com for an account in the EU',
      example: 'api.opsgenie.com',
      pattern: 'api\\.(?:eu\\.)?opsgenie\\.com',
    },
  },
  tools: {
    opsgenie_create_alert: {
      title: 'Create an alert',
      description: 'Opens an alert; alerts with the same alias are counted as one.',
      scopes: ['Create and Update'],
      reference: 'https://docs.opsgenie.com/docs/alert-api#create-alert',
      method: 'POST',
      path: '/v2/alerts',
      inputs: {
        message: { type: 'string', description: 'What has happened, up to 130 characters' },
        alias: { type: 'string', description: 'Key that stops a second open alert for the same thing' },
        description: { type: 'string', description: 'Longer text' },
        tags: {
          type: 'array',
          items: { type: 'string' },
          description: 'Tags',
        },
        priority: { type: 'string', enum: ['P1', 'P2', 'P3', 'P4', 'P5'], description: 'Priority' },
        source: { type: 'string', description: 'Where it comes from' },
      },
      required: ['message'],
      output: {
        type: 'object',
        properties: {
          requestId: { type: ['string', 'null'] },
          result: { type: ['string', 'null'] },
        },
      },
      sample: { message: 'Refunds fail', alias: 'refunds-503', priority: 'P2', tags: ['payments'] },
    },
    opsgenie_get_alert: {
      title: 'Get an alert',
      description: 'Reads one alert.',
      scopes: ['Read'],
      reference: 'https://docs.opsgenie.com/docs/alert-api#get-alert',
      method: 'GET',
      path: '/v2/alerts/{identifier}',
      inputs: {
        identifier: { type: 'string', description: 'ID or alias of the alert' },
        identifierType: {
          type: 'string',
          enum: ['id', 'tiny', 'alias'],
          description: 'What the identifier is',
        },
      },
      required: ['identifier'],
      output: {
        type: 'object',
        properties: {
          data: { type: ['object', 'null'] },
        },
      },
      sample: { identifier: 'refunds-503', identifierType: 'alias' },
    },
    opsgenie_list_alerts: {
      title: 'List alerts',
      description: 'Finds alerts with Opsgenie’s search words.',
      scopes: ['Read'],
      reference: 'https://docs.opsgenie.com/docs/alert-api#list-alerts',
      method: 'GET',
      path: '/v2/alerts',
      inputs: {
        query: { type: 'string', description: 'Such as status: open AND priority: P1' },
        limit: { type: 'integer', description: 'Results on a page, up to 100' },
        offset: { type: 'integer', description: 'Where the page begins' },
      },
      required: [],
      output: {
        type: 'object',
        properties: {
          data: {
            type: ['array', 'null'],
            items: { type: 'object' },
          },
          paging: { type: ['object', 'null'] },
        },
      },
      sample: { query: 'status: open', limit: 20 },
    },
    opsgenie_acknowledge_alert: {
      title: 'Acknowledge an alert',
      description: 'Says that somebody works on an alert.',
      scopes: ['Create and Update'],
      reference: 'https://docs.opsgenie.com/docs/alert-api#acknowledge-alert',
      method: 'POST',
      path: '/v2/alerts/{identifier}/acknowledge',
      inputs: {
        identifier: { type: 'string', description: 'ID of the alert' },
        user: { type: 'string', description: 'Name of who does it' },
        note: { type: 'string', description: 'Note' },
      },
      required: ['identifier'],
      output: {
        type: 'object',
        properties: {
          requestId: { type: ['string', 'null'] },
          result: { type: ['string', 'null'] },
        },
      },
      sample: { identifier: '70413a06-38d6-4c85-92b8-5ebc900d42e2', note: 'Seen.' },
    },
    opsgenie_close_alert: {
      title: 'Close an alert',
      description: 'Closes an alert.',
      scopes: ['Create and Update'],
      reference: 'https://docs.opsgenie.com/docs/alert-api#close-alert',
      method: 'POST',
      path: '/v2/alerts/{identifier}/close',
      inputs: {
        identifier: { type: 'string', description: 'ID of the alert' },
        user: { type: 'string', description: 'Name of who does it' },
        note: { type: 'string', description: 'Note' },
      },
      required: ['identifier'],
      output: {
        type: 'object',
        properties: {
          requestId: { type: ['string', 'null'] },
          result: { type: ['string', 'null'] },
        },
      },
      sample: { identifier: '70413a06-38d6-4c85-92b8-5ebc900d42e2', note: 'Refunded by hand.' },
    },
    opsgenie_add_note: {
      title: 'Add a note to an alert',
      description: 'Adds a note to an alert.',
      scopes: ['Create and Update'],
      reference: 'https://docs.opsgenie.com/docs/alert-api#add-note-to-alert',
      method: 'POST',
      path: '/v2/alerts/{identifier}/notes',
      inputs: {
        identifier: { type: 'string', description: 'ID of the alert' },
        note: { type: 'string', description: 'Text of the note' },
        user: { type: 'string', description: 'Name of who writes it' },
      },
      required: ['identifier', 'note'],
      output: {
        type: 'object',
        properties: {
          requestId: { type: ['string', 'null'] },
          result: { type: ['string', 'null'] },
        },
      },
      sample: { identifier: '70413a06-38d6-4c85-92b8-5ebc900d42e2', note: 'The provider is informed.' },
    },
  },
} satisfies ServiceTemplates;
