import type { ServiceTemplates } from '../template-data.ts';

export default {
  service: 'aws_eventbridge',
  title: 'Amazon EventBridge',
  category: 'cloud',
  baseUrl: 'https://events.{region}.amazonaws.com',
  auth: {
    type: 'aws_sigv4',
    region: '{region}',
    service: 'events',
  },
  credential: 'Create an access key for an IAM user or role that may do the action.',
  parameters: {
    region: {
      title: 'Region',
      description: 'Such as eu-central-1',
      example: 'eu-central-1',
      pattern: '[a-z]{2}(?:-[a-z]+)+-[0-9]',
    },
  },
  tools: {
    aws_eventbridge_put_event: {
      title: 'Send an event',
      description: 'Sends an event to a bus.',
      scopes: ['events:PutEvents'],
      reference: 'https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_PutEvents.html',
      method: 'POST',
      path: '/',
      headers: { 'Content-Type': 'application/x-amz-json-1.1', 'X-Amz-Target': 'AWSEvents.PutEvents' },
      body: {
        Entries: [
          {
            Source: '{Source}',
            DetailType: '{DetailType}',
            Detail: '{Detail}',
            EventBusName: '{EventBusName}',
          },
        ],
      },
      inputs: {
        Source: { type: 'string', description: 'Where it comes from' },
        DetailType: { type: 'string', description: 'What it is' },
        Detail: { type: 'string', description: 'JSON as text' },
        EventBusName: { type: 'string', description: 'Name of the bus' },
      },
      required: ['Source', 'DetailType', 'Detail'],
      output: {
        type: 'object',
        properties: {
          FailedEntryCount: { type: ['integer', 'null'] },
          Entries: {
            type: ['array', 'null'],
            items: { type: 'object' },
          },
        },
      },
      sample: { Source: 'example.shop', DetailType: 'OrderRefunded', Detail: '{"order": "4711"}' },
    },
  },
} satisfies ServiceTemplates;
