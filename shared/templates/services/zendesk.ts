import type { ServiceTemplates } from '../template-data.ts';

export default {
  service: 'zendesk',
  title: 'Zendesk',
  category: 'support',
  baseUrl: 'https://{subdomain}.zendesk.com/api/v2',
  auth: {
    type: 'basic',
    username: '{email}/token',
  },
  credential:
    'Create an API token in Zendesk’s Admin Center under Apps and integrations; the token is the password.',
  parameters: {
    subdomain: {
      title: 'Subdomain',
      description: 'The part before .zendesk.com',
      example: 'example',
      pattern: '[a-z0-9][a-z0-9-]*',
    },
    email: {
      title: 'Email address',
      description: 'Of the agent that the API token acts for',
      example: 'ops@example.com',
      pattern: '[^@\\s:/]+@[^@\\s:/]+',
    },
  },
  tools: {
    zendesk_create_ticket: {
      title: 'Create a ticket',
      description: 'Opens a ticket.',
      scopes: ['tickets:write'],
      reference: 'https://developer.zendesk.com/api-reference/ticketing/tickets/tickets/#create-ticket',
      method: 'POST',
      path: '/tickets.json',
      body: {
        ticket: {
          subject: '{subject}',
          comment: { body: '{text}' },
          requester: { name: '{requester_name}', email: '{requester_email}' },
        },
      },
      inputs: {
        subject: { type: 'string', description: 'Title' },
        text: { type: 'string', description: 'The first comment' },
        requester_name: { type: 'string', description: 'Name of the requester' },
        requester_email: { type: 'string', description: 'Email address of the requester' },
      },
      required: ['subject', 'text', 'requester_name', 'requester_email'],
      output: {
        type: 'object',
        properties: {
          ticket: { type: ['object', 'null'] },
        },
      },
      sample: {
        subject: 'Refund order 4711',
        text: 'Twice charged.',
        requester_name: 'Ada Lovelace',
        requester_email: 'ada@example.com',
      },
    },
    zendesk_comment_on_ticket: {
      title: 'Comment on a ticket',
      description: 'Adds a comment to a ticket.',
      scopes: ['tickets:write'],
      reference: 'https://developer.zendesk.com/api-reference/ticketing/tickets/ticket_comments/',
      method: 'PUT',
      path: '/tickets/{id}.json',
      body: {
        ticket: {
          comment: { body: '{text}' },
        },
      },
      inputs: {
        id: { type: 'integer', description: 'Number of the ticket' },
        text: { type: 'string', description: 'The comment' },
      },
      required: ['id', 'text'],
      output: {
        type: 'object',
        properties: {
          ticket: { type: ['object', 'null'] },
        },
      },
      sample: { id: 35436, text: 'Your refund is on its way.' },
    },
    zendesk_search: {
      title: 'Search',
      description: 'Finds tickets, people and organizations.',
      scopes: ['read'],
      reference: 'https://developer.zendesk.com/api-reference/ticketing/ticket-management/search/',
      method: 'GET',
      path: '/search.json',
      inputs: {
        query: { type: 'string', description: 'Search words, such as type:ticket status:open' },
      },
      required: ['query'],
      output: {
        type: 'object',
        properties: {
          results: {
            type: ['array', 'null'],
            items: { type: 'object' },
          },
          count: { type: ['integer', 'null'] },
        },
      },
      sample: { query: 'type:ticket status:open' },
    },
  },
} satisfies ServiceTemplates;
