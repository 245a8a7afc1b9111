import type { ServiceTemplates } from '../template-data.ts';

export default {
  service: 'sendgrid',
  title: 'SendGrid',
  category: 'email',
  baseUrl: 'https://api.sendgrid.com/v3',
  auth: {
    type: 'bearer',
  },
  credential: 'Create a restricted API key in SendGrid under Settings, API Keys.',
  tools: {
    sendgrid_send_email: {
      title: 'Send an email',
      description: 'Sends an email to one person.',
      scopes: ['mail.send'],
      reference: 'https://www.twilio.com/docs/sendgrid/api-reference/mail-send/mail-send',
      method: 'POST',
      path: '/mail/send',
      body: {
        personalizations: [
          {
            to: [{ email: '{to}' }],
          },
        ],
        from: { email: '{from}' },
        subject: '{subject}',
        content: [{ type: 'text/plain', value: '{text}' }],
      },
      inputs: {
        to: { type: 'string', description: 'Email address of the receiver' },
        from: { type: 'string', description: 'Address of a verified sender' },
        subject: { type: 'string', description: 'Subject' },
        text: { type: 'string', description: 'The text' },
      },
      required: ['to', 'from', 'subject', 'text'],
      output: {},
      sample: {
        to: 'ada@example.com',
        from: 'help@example.com',
        subject: 'Your refund',
        text: 'It is on its way.',
      },
    },
    sendgrid_send_template: {
      title: 'Send an email from a template',
      description: 'Sends an email made of a dynamic template.',
      scopes: ['mail.send'],
      reference: 'https://www.twilio.com/docs/sendgrid/api-reference/mail-send/mail-send',
      method: 'POST',
      path: '/mail/send',
      body: {
        personalizations: [
          {
            to: [{ email: '{to}' }],
            dynamic_template_data: '{data}',
          },
        ],
        from: { email: '{from}' },
        template_id: '{template_id}',
      },
      inputs: {
        to: { type: 'string', description: 'Email address of the receiver' },
        from: { type: 'string', description: 'Address of a verified sender' },
        template_id: { type: 'string', description: 'ID of the template' },
        data: { type: 'object', description: 'What the template shows' },
      },
      required: ['to', 'from', 'template_id', 'data'],
      output: {},
      sample: {
        to: 'ada@example.com',
        from: 'help@example.com',
        template_id: 'd-0123456789abcdef0123456789abcdef',
        data: { order: '4711' },
      },
    },
    sendgrid_save_contact: {
      title: 'Add or change a contact',
      description: 'Adds a contact, or changes the one with the same email address.',
      scopes: ['marketing.read', 'marketing.update'],
      reference: 'https://www.twilio.com/docs/sendgrid/api-reference/contacts/add-or-update-a-contact',
      method: 'PUT',
      path: '/marketing/contacts',
      body: {
        list_ids: '{list_ids}',
        contacts: [{ email: '{email}', first_name: '{first_name}', last_name: '{last_name}' }],
      },
      inputs: {
        email: { type: 'string', description: 'Email address' },
        first_name: { type: 'string', description: 'First name' },
        last_name: { type: 'string', description: 'Last name' },
        list_ids: {
          type: 'array',
          items: { type: 'string' },
          description: 'IDs of lists',
        },
      },
      required: ['email'],
      output: {
        type: 'object',
        properties: {
          job_id: { type: ['string', 'null'] },
        },
      },
      sample: {
        email: 'ada@example.com',
        first_name: 'Ada',
        list_ids: ['0cd9a4b4-ff00-4b34-8a7e-bd1c6d5a2f3a'],
      },
    },
    sendgrid_find_contacts: {
      title: 'Find contacts by email',
      description: 'Looks up contacts by their email addresses.',
      scopes: ['marketing.read'],
      reference: 'https://www.twilio.com/docs/sendgrid/api-reference/contacts/get-contacts-by-emails',
      method: 'POST',
      path: '/marketing/contacts/search/emails',
      idempotent: true,
      inputs: {
        emails: {
          type: 'array',
          items: { type: 'string' },
          description: 'Email addresses',
        },
      },
      required: ['emails'],
      output: {
        type: 'object',
        properties: {
          result: { type: ['object', 'null'] },
        },
      },
      sample: { emails: ['ada@example.com'] },
    },
    sendgrid_list_bounces: {
      title: 'List bounces',
      description: 'Lists addresses whose emails came back.',
      scopes: ['suppression.read'],
      reference: 'https://www.twilio.com/docs/sendgrid/api-reference/bounces-api/retrieve-all-bounces',
      method: 'GET',
      path: '/suppression/bounces',
      inputs: {
        start_time: { type: 'integer', description: 'Start of the time, in Unix seconds' },
        end_time: { type: 'integer', description: 'End of the time' },
        limit: { type: 'integer', description: 'Results on a page' },
        offset: { type: 'integer', description: 'Where the page begins' },
      },
      required: [],
      output: {},
      sample: { limit: 50 },
    },
  },
} satisfies ServiceTemplates;
