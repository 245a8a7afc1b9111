import type { ServiceTemplates } from '../template-data.ts';

export default {
  service: 'hubspot',
  title: 'HubSpot',
  category: 'crm',
  baseUrl: 'https://api.hubapi.com',
  auth: {
    type: 'bearer',
  },
  credential: 'Create a private app in HubSpot with the scopes, and copy its access token.',
  tools: {
    hubspot_save_contact: {
      title: 'Create or change a contact',
      description: 'Creates a contact, or changes the one with the same email address.',
      scopes: ['crm.objects.contacts.write'],
      reference:
        'https://developers.hubspot.com/docs/api-reference/crm-contacts-v3/batch/post-crm-v3-objects-contacts-batch-upsert',
      method: 'POST',
      path: '/crm/v3/objects/contacts/batch/upsert',
      body: {
        inputs: [{ idProperty: 'email', id: '{email}', properties: '{properties}' }],
      },
      idempotent: true,
      inputs: {
        email: { type: 'string', description: 'Email address' },
        properties: { type: 'object', description: 'Properties by name' },
      },
      required: ['email', 'properties'],
      output: {
        type: 'object',
        properties: {
          results: {
            type: ['array', 'null'],
            items: { type: 'object' },
          },
          status: { type: ['string', 'null'] },
        },
      },
      sample: {
        email: 'ada@example.com',
        properties: { firstname: 'Ada', lastname: 'Lovelace' },
      },
    },
    hubspot_find_contact: {
      title: 'Find a contact by email',
      description: 'Finds contacts with an email address.',
      scopes: ['crm.objects.contacts.read'],
      reference:
        'https://developers.hubspot.com/docs/api-reference/crm-contacts-v3/search/post-crm-v3-objects-contacts-search',
      method: 'POST',
      path: '/crm/v3/objects/contacts/search',
      body: {
        filterGroups: [
          {
            filters: [{ propertyName: 'email', operator: 'EQ', value: '{email}' }],
          },
        ],
        properties: ['email', 'firstname', 'lastname', 'phone', 'company'],
        sorts: [],
        limit: 10,
        after: '0',
      },
      idempotent: true,
      inputs: {
        email: { type: 'string', description: 'Email address' },
      },
      required: ['email'],
      output: {
        type: 'object',
        properties: {
          results: {
            type: ['array', 'null'],
            items: { type: 'object' },
          },
          total: { type: ['integer', 'null'] },
        },
      },
      sample: { email: 'ada@example.com' },
    },
    hubspot_update_contact: {
      title: 'Change a contact',
      description: 'Changes properties of a contact.',
      scopes: ['crm.objects.contacts.write'],
      reference:
        'https://developers.hubspot.com/docs/api-reference/crm-contacts-v3/basic/patch-crm-v3-objects-contacts-contactId',
      method: 'PATCH',
      path: '/crm/v3/objects/contacts/{contactId}',
      inputs: {
        contactId: { type: 'string', description: 'ID of the contact' },
        properties: { type: 'object', description: 'Properties by name' },
      },
      required: ['contactId', 'properties'],
      output: {
        type: 'object',
        properties: {
          id: { type: ['string', 'null'] },
          properties: { type: ['object', 'null'] },
        },
      },
      sample: {
        contactId: '512',
        properties: { phone: '+4915112345678' },
      },
    },
    hubspot_create_ticket: {
      title: 'Create a ticket',
      description: 'Opens a ticket.',
      scopes: ['tickets'],
      reference:
        'https://developers.hubspot.com/docs/api-reference/crm-tickets-v3/basic/post-crm-v3-objects-tickets',
      method: 'POST',
      path: '/crm/v3/objects/tickets',
      body: {
        properties: {
          subject: '{subject}',
          content: '{content}',
          hs_pipeline: '{pipeline}',
          hs_pipeline_stage: '{stage}',
          hs_ticket_priority: '{priority}',
        },
        associations: [],
      },
      inputs: {
        subject: { type: 'string', description: 'Title' },
        pipeline: { type: 'string', description: 'ID of the pipeline' },
        stage: { type: 'string', description: 'ID of the stage' },
        content: { type: 'string', description: 'Text' },
        priority: { type: 'string', enum: ['LOW', 'MEDIUM', 'HIGH'], description: 'Priority' },
      },
      required: ['subject', 'pipeline', 'stage'],
      output: {
        type: 'object',
        properties: {
          id: { type: ['string', 'null'] },
          properties: { type: ['object', 'null'] },
        },
      },
      sample: { subject: 'Refund order 4711', pipeline: '0', stage: '1', priority: 'HIGH' },
    },
    hubspot_update_ticket: {
      title: 'Change a ticket',
      description: 'Changes properties of a ticket.',
      scopes: ['tickets'],
      reference:
        'https://developers.hubspot.com/docs/api-reference/crm-tickets-v3/basic/patch-crm-v3-objects-tickets-ticketId',
      method: 'PATCH',
      path: '/crm/v3/objects/tickets/{ticketId}',
      inputs: {
        ticketId: { type: 'string', description: 'ID of the ticket' },
        properties: { type: 'object', description: 'Properties by name' },
      },
      required: ['ticketId', 'properties'],
      output: {
        type: 'object',
        properties: {
          id: { type: ['string', 'null'] },
          properties: { type: ['object', 'null'] },
        },
      },
      sample: {
        ticketId: '512',
        properties: { hs_pipeline_stage: '4' },
      },
    },
    hubspot_add_note: {
      title: 'Add a note to a contact',
      description: 'Writes a note on the timeline of a contact.',
      scopes: ['crm.objects.contacts.write'],
      reference:
        'https://developers.hubspot.com/docs/api-reference/crm-notes-v3/basic/post-crm-v3-objects-notes',
      method: 'POST',
      path: '/crm/v3/objects/notes',
      body: {
        properties: { hs_note_body: '{text}', hs_timestamp: '{time}' },
        // HubSpot's own kind of association from a note to a contact.
        associations: [
          {
            to: { id: '{contact_id}' },
            types: [{ associationCategory: 'HUBSPOT_DEFINED', associationTypeId: 202 }],
          },
        ],
      },
      inputs: {
        contact_id: { type: 'string', description: 'ID of the contact' },
        text: { type: 'string', description: 'Text of the note' },
        time: { type: 'string', description: 'When it was, in ISO 8601' },
      },
      required: ['contact_id', 'text', 'time'],
      output: {
        type: 'object',
        properties: {
          id: { type: ['string', 'null'] },
          properties: { type: ['object', 'null'] },
        },
      },
      sample: { contact_id: '512', text: 'Called about order 4711.', time: '2026-05-01T10:00:00Z' },
    },
  },
} satisfies ServiceTemplates;
