import type { ServiceTemplates } from '../template-data.ts';

export default {
  service: 'postmark',
  title: 'Postmark',
  category: 'email',
  baseUrl: 'https://api.postmarkapp.com',
  auth: {
    type: 'api_key',
    in: 'header',
    name: 'X-Postmark-Server-Token',
  },
  credential: 'Copy a server API token from Postmark.',
  tools: {
    postmark_send_email: {
      title: 'Send an email',
      description: 'Sends an email.',
      scopes: ['Server API token'],
      reference: 'https://postmarkapp.com/developer/api/email-api',
      method: 'POST',
      path: '/email',
      inputs: {
        From: { type: 'string', description: 'Address of a confirmed sender' },
        To: { type: 'string', description: 'Addresses of receivers, separated by commas' },
        Subject: { type: 'string', description: 'Subject' },
        TextBody: { type: 'string', description: 'The text' },
        Tag: { type: 'string', description: 'Tag for statistics' },
      },
      required: ['From', 'To', 'Subject', 'TextBody'],
      output: {
        type: 'object',
        properties: {
          MessageID: { type: ['string', 'null'] },
          ErrorCode: { type: ['integer', 'null'] },
          Message: { type: ['string', 'null'] },
        },
      },
      sample: {
        From: 'help@example.com',
        To: 'ada@example.com',
        Subject: 'Your refund',
        TextBody: 'It is on its way.',
      },
    },
    postmark_send_template: {
      title: 'Send an email from a template',
      description: 'Sends an email made of a template.',
      scopes: ['Server API token'],
      reference: 'https://postmarkapp.com/developer/api/templates-api',
      method: 'POST',
      path: '/email/withTemplate',
      inputs: {
        From: { type: 'string', description: 'Address of a confirmed sender' },
        To: { type: 'string', description: 'Addresses of receivers' },
        TemplateAlias: { type: 'string', description: 'Alias of the template' },
        TemplateModel: { type: 'object', description: 'What the template shows' },
      },
      required: ['From', 'To', 'TemplateAlias', 'TemplateModel'],
      output: {
        type: 'object',
        properties: {
          MessageID: { type: ['string', 'null'] },
          ErrorCode: { type: ['integer', 'null'] },
          Message: { type: ['string', 'null'] },
        },
      },
      sample: {
        From: 'help@example.com',
        To: 'ada@example.com',
        TemplateAlias: 'refund',
        TemplateModel: { order: '4711' },
      },
    },
  },
} satisfies ServiceTemplates;
