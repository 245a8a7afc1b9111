import type { ServiceTemplates } from '../template-data.ts';

export default {
  service: 'servicenow',
  title: 'ServiceNow',
  category: 'support',
  baseUrl: 'https://{instance}.service-now.com/api/now',
  auth: {
    type: 'basic',
    username: '{user}',
  },
  credential:
    'Create a user for the integration in ServiceNow with a role that may use the tables; its password is the credential.',
  headers: {
    Accept: 'application/json',
  },
  parameters: {
    instance: {
      title: 'Instance',
      description: 'The part before .service-now.com',
      example: 'dev12345',
      pattern: '[a-z0-9-]+',
    },
    user: {
      title: 'User name',
      description: 'Of the user for the integration',
      example: 'interlock',
      pattern: '[^:\\s]+',
    },
  },
  tools: {
    servicenow_create_incident: {
      title: 'Create an incident',
      description: 'Opens an incident.',
      scopes: ['itil'],
      reference: 'https://www.servicenow.com/docs/r/api-reference/rest-apis/c_TableAPI.html',
      method: 'POST',
      path: '/table/incident',
      inputs: {
        short_description: { type: 'string', description: 'Title' },
        description: { type: 'string', description: 'Text' },
        urgency: { type: 'string', enum: ['1', '2', '3'], description: '1 high, 2 medium, 3 low' },
        impact: { type: 'string', enum: ['1', '2', '3'], description: '1 high, 2 medium, 3 low' },
      },
      required: ['short_description'],
      output: {
        type: 'object',
        properties: {
          result: { type: ['object', 'null'] },
        },
      },
      sample: { short_description: 'Refunds fail', urgency: '2' },
    },
    servicenow_find_incidents: {
      title: 'Find incidents',
      description: 'Finds incidents with an encoded query.',
      scopes: ['itil'],
      reference: 'https://www.servicenow.com/docs/r/api-reference/rest-apis/c_TableAPI.html',
      method: 'GET',
      path: '/table/incident',
      inputs: {
        sysparm_query: { type: 'string', description: 'Encoded query, such as active=true^urgency=1' },
        sysparm_limit: { type: 'integer', description: 'Results at most' },
        sysparm_fields: { type: 'string', description: 'Names of fields, separated by commas' },
      },
      required: ['sysparm_query'],
      output: {
        type: 'object',
        properties: {
          result: {
            type: ['array', 'null'],
            items: { type: 'object' },
          },
        },
      },
      sample: { sysparm_query: 'active=true^urgency=1', sysparm_limit: 20 },
    },
    servicenow_get_record: {
      title: 'Get a record',
      description: 'Reads a record of a table.',
      scopes: ['itil'],
      reference: 'https://www.servicenow.com/docs/r/api-reference/rest-apis/c_TableAPI.html',
      method: 'GET',
      path: '/table/{table}/{sys_id}',
      inputs: {
        table: { type: 'string', description: 'Name of the table' },
        sys_id: { type: 'string', description: 'sys_id of the record' },
      },
      required: ['table', 'sys_id'],
      output: {
        type: 'object',
        properties: {
          result: { type: ['object', 'null'] },
        },
      },
      sample: { table: 'incident', sys_id: 'd977b66a4f411200adf9f8e18110c7b2' },
    },
    servicenow_update_incident: {
      title: 'Change an incident',
      description: 'Changes an incident, or adds a work note.',
      scopes: ['itil'],
      reference: 'https://www.servicenow.com/docs/r/api-reference/rest-apis/c_TableAPI.html',
      method: 'PATCH',
      path: '/table/incident/{sys_id}',
      inputs: {
        sys_id: { type: 'string', description: 'sys_id of the incident' },
        state: { type: 'string', description: 'Number of the new state' },
        work_notes: { type: 'string', description: 'Note for those who work on it' },
        short_description: { type: 'string', description: 'New title' },
      },
      required: ['sys_id'],
      output: {
        type: 'object',
        properties: {
          result: { type: ['object', 'null'] },
        },
      },
      sample: { sys_id: 'd977b66a4f411200adf9f8e18110c7b2', work_notes: 'Refunded by hand.' },
    },
  },
} satisfies ServiceTemplates;
