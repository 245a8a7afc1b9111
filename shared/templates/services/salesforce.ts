import type { ServiceTemplates } from '../template-data.ts';

export default {
  service: 'salesforce',
  title: 'Salesforce',
  category: 'crm',
  baseUrl: 'https://{domain}.my.salesforce.com/services/data/v67.0',
  auth: {
    type: 'oauth2_client_credentials',
    tokenUrl: 'https://{domain}.my.salesforce.com/services/oauth2/token',
    clientAuthentication: 'body',
  },
  credential:
    'Create a connected app in Salesforce with the client credentials flow; its consumer key and secret are the credential.',
  parameters: {
    domain: {
      title: 'My Domain',
      description: 'The part before .my.salesforce.com',
      example: 'example',
      pattern: '[a-z0-9-]+(?:\\.sandbox|\\.develop)?',
    },
  },
  tools: {
    salesforce_upsert_contact: {
      title: 'Create or change a contact',
      description: 'Creates a contact, or changes the one with the external ID.',
      scopes: ['api'],
      reference: 'https://developer.salesforce.com/docs/atlas.en-us.api_rest.meta/api_rest/dome_upsert.htm',
      method: 'PATCH',
      path: '/sobjects/Contact/{field}/{value}',
      inputs: {
        field: { type: 'string', description: 'Name of the external ID field' },
        value: { type: 'string', description: 'Value of the external ID' },
        LastName: { type: 'string', description: 'Last name' },
        FirstName: { type: 'string', description: 'First name' },
        Email: { type: 'string', description: 'Email address' },
        Phone: { type: 'string', description: 'Phone number' },
      },
      required: ['field', 'value'],
      output: {
        type: 'object',
        properties: {
          id: { type: ['string', 'null'] },
          success: { type: ['boolean', 'null'] },
        },
      },
      sample: {
        field: 'Customer_Number__c',
        value: '4711',
        LastName: 'Lovelace',
        Email: 'ada@example.com',
      },
    },
    salesforce_query: {
      title: 'Query records',
      description: 'Finds records with SOQL.',
      scopes: ['api'],
      reference: 'https://developer.salesforce.com/docs/atlas.en-us.api_rest.meta/api_rest/dome_query.htm',
      method: 'GET',
      path: '/query',
      inputs: {
        q: { type: 'string', description: 'SOQL statement' },
      },
      required: ['q'],
      output: {
        type: 'object',
        properties: {
          totalSize: { type: ['integer', 'null'] },
          done: { type: ['boolean', 'null'] },
          records: {
            type: ['array', 'null'],
            items: { type: 'object' },
          },
        },
      },
      sample: { q: "SELECT Id, Name FROM Contact WHERE Email = 'ada@example.com'" },
    },
    salesforce_create_case: {
      title: 'Create a case',
      description: 'Opens a case.',
      scopes: ['api'],
      reference:
        'https://developer.salesforce.com/docs/atlas.en-us.api_rest.meta/api_rest/dome_sobject_create.htm',
      method: 'POST',
      path: '/sobjects/Case',
      inputs: {
        Subject: { type: 'string', description: 'Title' },
        Description: { type: 'string', description: 'Text' },
        ContactId: { type: 'string', description: 'ID of the contact' },
        Priority: { type: 'string', enum: ['High', 'Medium', 'Low'], description: 'Priority' },
      },
      required: ['Subject'],
      output: {
        type: 'object',
        properties: {
          id: { type: ['string', 'null'] },
          success: { type: ['boolean', 'null'] },
        },
      },
      sample: { Subject: 'Refund order 4711', Priority: 'High' },
    },
    salesforce_add_note: {
      title: 'Add a note',
      description: 'Writes a note on a contact, a case or another record.',
      scopes: ['api'],
      reference:
        'https://developer.salesforce.com/docs/atlas.en-us.object_reference.meta/object_reference/sforce_api_objects_note.htm',
      method: 'POST',
      path: '/sobjects/Note',
      inputs: {
        ParentId: { type: 'string', description: 'ID of the record' },
        Title: { type: 'string', description: 'Title' },
        Body: { type: 'string', description: 'Text, up to 32 KB' },
      },
      required: ['ParentId', 'Title'],
      output: {
        type: 'object',
        properties: {
          id: { type: ['string', 'null'] },
          success: { type: ['boolean', 'null'] },
        },
      },
      sample: { ParentId: '003D000000QV9n2IAD', Title: 'Refund', Body: 'Called about order 4711.' },
    },
    salesforce_find_contacts: {
      title: 'Find contacts',
      description: 'Finds contacts by a text, such as a name, an email address or a phone number.',
      scopes: ['api'],
      reference:
        'https://developer.salesforce.com/docs/atlas.en-us.api_rest.meta/api_rest/resources_search_parameterized.htm',
      method: 'GET',
      path: '/parameterizedSearch',
      query: {
        q: '{text}',
        sobject: 'Contact',
        'Contact.fields': 'id,name,email,phone',
        'Contact.limit': '20',
      },
      inputs: {
        text: { type: 'string', description: 'Text' },
      },
      required: ['text'],
      output: {
        type: 'object',
        properties: {
          searchRecords: { type: ['array', 'null'], items: { type: 'object' } },
        },
      },
      sample: { text: 'Lovelace' },
    },
  },
} satisfies ServiceTemplates;
