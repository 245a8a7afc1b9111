import type { ServiceTemplates } from '../template-data.ts';

export default {
  service: 'intercom',
  title: 'Intercom',
  category: 'support',
  baseUrl: 'https://api.intercom.io',
  auth: {
    type: 'bearer',
  },
  credential: 'Create an app in Intercom’s developer hub and copy its access token.',
  headers: {
    'Intercom-Version': '2.14',
  },
  tools: {
    intercom_create_contact: {
      title: 'Create a contact',
      description: 'Creates a user or a lead.',
      scopes: ['Write users and companies'],
      reference:
        'https://developers.intercom.com/docs/references/2.14/rest-api/api.intercom.io/contacts/createcontact',
      method: 'POST',
      path: '/contacts',
      inputs: {
        email: { type: 'string', description: 'Email address' },
        name: { type: 'string', description: 'Full name' },
        phone: { type: 'string', description: 'Phone number' },
        external_id: { type: 'string', description: 'Your own ID' },
        role: { type: 'string', enum: ['user', 'lead'], description: 'Kind of contact' },
      },
      required: ['email'],
      output: {
        type: 'object',
        properties: {
          id: { type: ['string', 'null'] },
          email: { type: ['string', 'null'] },
        },
      },
      sample: { email: 'ada@example.com', name: 'Ada Lovelace', role: 'user' },
    },
    intercom_update_contact: {
      title: 'Change a contact',
      description: 'Changes a contact.',
      scopes: ['Write users and companies'],
      reference:
        'https://developers.intercom.com/docs/references/2.14/rest-api/api.intercom.io/contacts/updatecontact',
      method: 'PUT',
      path: '/contacts/{contact_id}',
      inputs: {
        contact_id: { type: 'string', description: 'ID of the contact' },
        email: { type: 'string', description: 'Email address' },
        name: { type: 'string', description: 'Full name' },
        phone: { type: 'string', description: 'Phone number' },
        custom_attributes: { type: 'object', description: 'Attributes of your own' },
      },
      required: ['contact_id'],
      output: {
        type: 'object',
        properties: {
          id: { type: ['string', 'null'] },
          email: { type: ['string', 'null'] },
        },
      },
      sample: { contact_id: '5ba682d23d7cf92bef87bfd4', name: 'Ada King' },
    },
    intercom_find_contact: {
      title: 'Find a contact by email',
      description: 'Finds contacts with an email address.',
      scopes: ['Read users and companies'],
      reference:
        'https://developers.intercom.com/docs/references/2.14/rest-api/api.intercom.io/contacts/searchcontacts',
      method: 'POST',
      path: '/contacts/search',
      body: {
        query: { field: 'email', operator: '=', value: '{email}' },
      },
      idempotent: true,
      inputs: {
        email: { type: 'string', description: 'Email address' },
      },
      required: ['email'],
      output: {
        type: 'object',
        properties: {
          data: {
            type: ['array', 'null'],
            items: { type: 'object' },
          },
          total_count: { type: ['integer', 'null'] },
        },
      },
      sample: { email: 'ada@example.com' },
    },
    intercom_add_note: {
      title: 'Add a note to a contact',
      description: 'Adds a note to a contact.',
      scopes: ['Write users and companies'],
      reference:
        'https://developers.intercom.com/docs/references/2.14/rest-api/api.intercom.io/notes/createnote',
      method: 'POST',
      path: '/contacts/{contact_id}/notes',
      inputs: {
        contact_id: { type: 'string', description: 'ID of the contact' },
        body: { type: 'string', description: 'Text of the note' },
        admin_id: { type: 'string', description: 'ID of the teammate who writes it' },
      },
      required: ['contact_id', 'body'],
      output: {
        type: 'object',
        properties: {
          id: { type: ['string', 'null'] },
          body: { type: ['string', 'null'] },
        },
      },
      sample: { contact_id: '5ba682d23d7cf92bef87bfd4', body: 'Called about order 4711.' },
    },
    intercom_reply: {
      title: 'Reply to a conversation',
      description: 'Replies to a conversation as a teammate.',
      scopes: ['Write conversations'],
      reference:
        'https://developers.intercom.com/docs/references/2.14/rest-api/api.intercom.io/conversations/replyconversation',
      method: 'POST',
      path: '/conversations/{conversation_id}/reply',
      body: { message_type: 'comment', type: 'admin', admin_id: '{admin_id}', body: '{body}' },
      inputs: {
        conversation_id: { type: 'string', description: 'ID of the conversation' },
        admin_id: { type: 'string', description: 'ID of the teammate' },
        body: { type: 'string', description: 'The text' },
      },
      required: ['conversation_id', 'admin_id', 'body'],
      output: {
        type: 'object',
        properties: {
          id: { type: ['string', 'null'] },
          state: { type: ['string', 'null'] },
        },
      },
      sample: { conversation_id: '123', admin_id: '991267', body: 'Your refund is on its way.' },
    },
    intercom_create_ticket: {
      title: 'Create a ticket',
      description: 'Opens a ticket for a contact.',
      scopes: ['Write tickets'],
      reference:
        'https://developers.intercom.com/docs/references/2.14/rest-api/api.intercom.io/tickets/createticket',
      method: 'POST',
      path: '/tickets',
      body: {
        ticket_type_id: '{ticket_type_id}',
        contacts: [{ id: '{contact_id}' }],
        ticket_attributes: { _default_title_: '{title}', _default_description_: '{description}' },
      },
      inputs: {
        ticket_type_id: { type: 'string', description: 'ID of the type of ticket' },
        contact_id: { type: 'string', description: 'ID of the contact' },
        title: { type: 'string', description: 'Title' },
        description: { type: 'string', description: 'Longer text' },
      },
      required: ['ticket_type_id', 'contact_id', 'title'],
      output: {
        type: 'object',
        properties: {
          id: { type: ['string', 'null'] },
          ticket_id: { type: ['string', 'null'] },
        },
      },
      sample: {
        ticket_type_id: '1234',
        contact_id: '5ba682d23d7cf92bef87bfd4',
        title: 'Refund of order 4711',
        description: 'Twice charged.',
      },
    },
  },
} satisfies ServiceTemplates;
