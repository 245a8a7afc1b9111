import type { ServiceTemplates } from '../template-data.ts';

export default {
  service: 'mailchimp',
  title: 'Mailchimp',
  category: 'marketing',
  baseUrl: 'https://{server}.api.mailchimp.com/3.0',
  auth: {
    type: 'basic',
    username: 'interlock',
  },
  credential: 'Create an API key in Mailchimp under Account, Extras, API keys; it is the password.',
  parameters: {
    server: {
      title: 'Server',
      description: 'The part after the hyphen of your API key, such as us21',
      example: 'us21',
      pattern: '[a-z]{2,4}[0-9]{1,3}',
    },
  },
  tools: {
    mailchimp_save_member: {
      title: 'Add or change a subscriber',
      description: 'Adds a person to an audience, or changes them.',
      scopes: ['API key'],
      reference: 'https://mailchimp.com/developer/marketing/api/list-members/add-or-update-list-member/',
      method: 'PUT',
      path: '/lists/{list_id}/members/{subscriber_hash}',
      inputs: {
        list_id: { type: 'string', description: 'ID of the audience' },
        subscriber_hash: { type: 'string', description: 'Email address in lower case, or its MD5' },
        email_address: { type: 'string', description: 'Email address' },
        status_if_new: {
          type: 'string',
          enum: ['subscribed', 'pending'],
          description: 'State of a new subscriber',
        },
        merge_fields: { type: 'object', description: 'Fields such as FNAME' },
      },
      required: ['list_id', 'subscriber_hash', 'email_address', 'status_if_new'],
      output: {
        type: 'object',
        properties: {
          id: { type: ['string', 'null'] },
          status: { type: ['string', 'null'] },
        },
      },
      sample: {
        list_id: 'abc1234567',
        subscriber_hash: 'ada@example.com',
        email_address: 'ada@example.com',
        status_if_new: 'pending',
        merge_fields: { FNAME: 'Ada' },
      },
    },
    mailchimp_add_member: {
      title: 'Add a subscriber',
      description: 'Adds a person to an audience.',
      scopes: ['API key'],
      reference: 'https://mailchimp.com/developer/marketing/api/list-members/add-member-to-list/',
      method: 'POST',
      path: '/lists/{list_id}/members',
      inputs: {
        list_id: { type: 'string', description: 'ID of the audience' },
        email_address: { type: 'string', description: 'Email address' },
        status: { type: 'string', enum: ['subscribed', 'pending'], description: 'State' },
        merge_fields: { type: 'object', description: 'Fields such as FNAME' },
      },
      required: ['list_id', 'email_address', 'status'],
      output: {
        type: 'object',
        properties: {
          id: { type: ['string', 'null'] },
          status: { type: ['string', 'null'] },
        },
      },
      sample: { list_id: 'abc1234567', email_address: 'ada@example.com', status: 'pending' },
    },
    mailchimp_list_audiences: {
      title: 'List audiences',
      description: 'Lists the audiences.',
      scopes: ['API key'],
      reference: 'https://mailchimp.com/developer/marketing/api/lists/get-lists-info/',
      method: 'GET',
      path: '/lists',
      inputs: {
        count: { type: 'integer', description: 'Results on a page' },
        offset: { type: 'integer', description: 'Where the page begins' },
      },
      required: [],
      output: {
        type: 'object',
        properties: {
          lists: {
            type: ['array', 'null'],
            items: { type: 'object' },
          },
          total_items: { type: ['integer', 'null'] },
        },
      },
      sample: { count: 20 },
    },
  },
} satisfies ServiceTemplates;
