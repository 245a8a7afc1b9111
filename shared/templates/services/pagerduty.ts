import type { ServiceTemplates } from '../template-data.ts';

export default {
  service: 'pagerduty',
  title: 'PagerDuty',
  category: 'incidents',
  baseUrl: 'https://api.pagerduty.com',
  auth: {
    type: 'api_key',
    in: 'header',
    name: 'Authorization',
  },
  credential:
    'Create an API key in PagerDuty under Integrations, API Access Keys, and enter it as Token token=KEY.',
  headers: {
    Accept: 'application/vnd.pagerduty+json;version=2',
  },
  tools: {
    pagerduty_create_incident: {
      title: 'Create an incident',
      description: 'Opens an incident on a service.',
      scopes: ['incidents.write'],
      reference: 'https://developer.pagerduty.com/api-reference/',
      method: 'POST',
      path: '/incidents',
      headers: { From: '{from}' },
      body: {
        incident: {
          type: 'incident',
          title: '{title}',
          service: { id: '{service_id}', type: 'service_reference' },
          urgency: '{urgency}',
          incident_key: '{incident_key}',
          body: { type: 'incident_body', details: '{details}' },
        },
      },
      inputs: {
        from: { type: 'string', description: 'Email address of a PagerDuty user who acts' },
        title: { type: 'string', description: 'What has happened' },
        service_id: { type: 'string', description: 'ID of the service' },
        urgency: { type: 'string', enum: ['high', 'low'], description: 'Urgency' },
        details: { type: 'string', description: 'Longer text' },
        incident_key: {
          type: 'string',
          description: 'Key that stops a second open incident for the same thing',
        },
      },
      required: ['from', 'title', 'service_id'],
      output: {
        type: 'object',
        properties: {
          incident: { type: ['object', 'null'] },
        },
      },
      sample: {
        from: 'ops@example.com',
        title: 'Refunds fail',
        service_id: 'PIJ90N7',
        urgency: 'high',
        details: 'Provider answers 503.',
        incident_key: 'refunds-503',
      },
    },
    pagerduty_get_incident: {
      title: 'Get an incident',
      description: 'Reads one incident.',
      scopes: ['incidents.read'],
      reference: 'https://developer.pagerduty.com/api-reference/',
      method: 'GET',
      path: '/incidents/{id}',
      inputs: {
        id: { type: 'string', description: 'ID of the incident' },
      },
      required: ['id'],
      output: {
        type: 'object',
        properties: {
          incident: { type: ['object', 'null'] },
        },
      },
      sample: { id: 'PT4KHLK' },
    },
    pagerduty_list_incidents: {
      title: 'List incidents',
      description: 'Lists incidents, by state and time.',
      scopes: ['incidents.read'],
      reference: 'https://developer.pagerduty.com/api-reference/',
      method: 'GET',
      path: '/incidents',
      query: { 'statuses[]': '{statuses}' },
      inputs: {
        statuses: {
          type: 'array',
          items: { type: 'string' },
          description: 'triggered, acknowledged or resolved',
        },
        since: { type: 'string', description: 'Start of the time, in ISO 8601' },
        until: { type: 'string', description: 'End of the time' },
        limit: { type: 'integer', description: 'Results on a page, up to 100' },
        offset: { type: 'integer', description: 'Where the page begins' },
      },
      required: [],
      output: {
        type: 'object',
        properties: {
          incidents: {
            type: ['array', 'null'],
            items: { type: 'object' },
          },
          more: { type: ['boolean', 'null'] },
        },
      },
      sample: { statuses: ['triggered'], limit: 25 },
    },
    pagerduty_resolve_incident: {
      title: 'Acknowledge or resolve an incident',
      description: 'Sets the state of an incident.',
      scopes: ['incidents.write'],
      reference: 'https://developer.pagerduty.com/api-reference/',
      method: 'PUT',
      path: '/incidents/{id}',
      headers: { From: '{from}' },
      body: {
        incident: { type: 'incident_reference', status: '{status}' },
      },
      inputs: {
        from: { type: 'string', description: 'Email address of a PagerDuty user who acts' },
        id: { type: 'string', description: 'ID of the incident' },
        status: { type: 'string', enum: ['acknowledged', 'resolved'], description: 'New state' },
      },
      required: ['from', 'id', 'status'],
      output: {
        type: 'object',
        properties: {
          incident: { type: ['object', 'null'] },
        },
      },
      sample: { from: 'ops@example.com', id: 'PT4KHLK', status: 'resolved' },
    },
    pagerduty_add_note: {
      title: 'Add a note',
      description: 'Adds a note to an incident.',
      scopes: ['incidents.write'],
      reference: 'https://developer.pagerduty.com/api-reference/',
      method: 'POST',
      path: '/incidents/{id}/notes',
      headers: { From: '{from}' },
      body: {
        note: { content: '{content}' },
      },
      inputs: {
        from: { type: 'string', description: 'Email address of a PagerDuty user who acts' },
        id: { type: 'string', description: 'ID of the incident' },
        content: { type: 'string', description: 'Text of the note' },
      },
      required: ['from', 'id', 'content'],
      output: {
        type: 'object',
        properties: {
          note: { type: ['object', 'null'] },
        },
      },
      sample: { from: 'ops@example.com', id: 'PT4KHLK', content: 'Refunded by hand.' },
    },
    pagerduty_list_on_call: {
      title: 'See who is on call',
      description: 'Lists who is on call now, or in a time.',
      scopes: ['oncalls.read'],
      reference: 'https://developer.pagerduty.com/api-reference/',
      method: 'GET',
      path: '/oncalls',
      query: { 'schedule_ids[]': '{schedule_ids}', 'escalation_policy_ids[]': '{escalation_policy_ids}' },
      inputs: {
        schedule_ids: {
          type: 'array',
          items: { type: 'string' },
          description: 'IDs of schedules',
        },
        escalation_policy_ids: {
          type: 'array',
          items: { type: 'string' },
          description: 'IDs of escalation policies',
        },
        since: { type: 'string', description: 'Start of the time, in ISO 8601' },
        until: { type: 'string', description: 'End of the time' },
        limit: { type: 'integer', description: 'Results on a page' },
      },
      required: [],
      output: {
        type: 'object',
        properties: {
          oncalls: {
            type: ['array', 'null'],
            items: { type: 'object' },
          },
          more: { type: ['boolean', 'null'] },
        },
      },
      sample: { schedule_ids: ['PI7DH85'], limit: 25 },
    },
  },
} satisfies ServiceTemplates;
