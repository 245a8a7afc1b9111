import type { ServiceTemplates } from '../template-data.ts';

export default {
  service: 'airtable',
  title: 'Airtable',
  category: 'projects',
  baseUrl: 'https://api.airtable.com/v0',
  auth: {
    type: 'bearer',
  },
  credential: 'Create a personal access token in Airtable’s developer hub with the scopes and the bases.',
  tools: {
    airtable_create_record: {
      title: 'Create a record',
      description: 'Adds a record to a table.',
      scopes: ['data.records:write'],
      reference: 'https://airtable.com/developers/web/api/create-records',
      method: 'POST',
      path: '/{base_id}/{table}',
      inputs: {
        base_id: { type: 'string', description: 'ID of the base' },
        table: { type: 'string', description: 'ID or name of the table' },
        fields: { type: 'object', description: 'Values by name of the field' },
        typecast: { type: 'boolean', description: 'Whether texts become values of the field' },
      },
      required: ['base_id', 'table', 'fields'],
      output: {
        type: 'object',
        properties: {
          id: { type: ['string', 'null'] },
          createdTime: { type: ['string', 'null'] },
          fields: { type: ['object', 'null'] },
        },
      },
      sample: {
        base_id: 'appLkNDICXNqxSDhG',
        table: 'Orders',
        fields: { Number: '4711', State: 'Refunded' },
      },
    },
    airtable_update_record: {
      title: 'Change a record',
      description: 'Changes fields of a record.',
      scopes: ['data.records:write'],
      reference: 'https://airtable.com/developers/web/api/update-record',
      method: 'PATCH',
      path: '/{base_id}/{table}/{record_id}',
      inputs: {
        base_id: { type: 'string', description: 'ID of the base' },
        table: { type: 'string', description: 'ID or name of the table' },
        record_id: { type: 'string', description: 'ID of the record' },
        fields: { type: 'object', description: 'Values by name of the field' },
      },
      required: ['base_id', 'table', 'record_id', 'fields'],
      output: {
        type: 'object',
        properties: {
          id: { type: ['string', 'null'] },
          fields: { type: ['object', 'null'] },
        },
      },
      sample: {
        base_id: 'appLkNDICXNqxSDhG',
        table: 'Orders',
        record_id: 'recW9e0c9w0er9gug',
        fields: { State: 'Refunded' },
      },
    },
    airtable_get_record: {
      title: 'Get a record',
      description: 'Reads a record.',
      scopes: ['data.records:read'],
      reference: 'https://airtable.com/developers/web/api/get-record',
      method: 'GET',
      path: '/{base_id}/{table}/{record_id}',
      inputs: {
        base_id: { type: 'string', description: 'ID of the base' },
        table: { type: 'string', description: 'ID or name of the table' },
        record_id: { type: 'string', description: 'ID of the record' },
      },
      required: ['base_id', 'table', 'record_id'],
      output: {
        type: 'object',
        properties: {
          id: { type: ['string', 'null'] },
          createdTime: { type: ['string', 'null'] },
          fields: { type: ['object', 'null'] },
        },
      },
      sample: { base_id: 'appLkNDICXNqxSDhG', table: 'Orders', record_id: 'recW9e0c9w0er9gug' },
    },
  },
} satisfies ServiceTemplates;
