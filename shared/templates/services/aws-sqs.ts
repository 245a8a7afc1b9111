import type { ServiceTemplates } from '../template-data.ts';

export default {
  service: 'aws_sqs',
  title: 'Amazon SQS',
  category: 'cloud',
  baseUrl: 'https://sqs.{region}.amazonaws.com',
  auth: {
    type: 'aws_sigv4',
    region: '{region}',
    service: 'sqs',
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
    aws_sqs_send_message: {
      title: 'Send a message',
      description: 'Puts a message into a queue.',
      scopes: ['sqs:SendMessage'],
      reference: 'https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_SendMessage.html',
      method: 'POST',
      path: '/',
      headers: { 'Content-Type': 'application/x-amz-json-1.0', 'X-Amz-Target': 'AmazonSQS.SendMessage' },
      inputs: {
        QueueUrl: { type: 'string', description: 'URL of the queue' },
        MessageBody: { type: 'string', description: 'The message' },
        DelaySeconds: { type: 'integer', description: 'Seconds before it can be read' },
      },
      required: ['QueueUrl', 'MessageBody'],
      output: {
        type: 'object',
        properties: {
          MessageId: { type: ['string', 'null'] },
          MD5OfMessageBody: { type: ['string', 'null'] },
        },
      },
      sample: {
        QueueUrl: 'https://sqs.eu-central-1.amazonaws.com/123456789012/orders',
        MessageBody: '{"order": "4711"}',
      },
    },
    aws_sqs_queue_attributes: {
      title: 'Get a queue’s facts',
      description: 'Reads how many messages wait in a queue.',
      scopes: ['sqs:GetQueueAttributes'],
      reference:
        'https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_GetQueueAttributes.html',
      method: 'POST',
      path: '/',
      headers: {
        'Content-Type': 'application/x-amz-json-1.0',
        'X-Amz-Target': 'AmazonSQS.GetQueueAttributes',
      },
      idempotent: true,
      inputs: {
        QueueUrl: { type: 'string', description: 'URL of the queue' },
        AttributeNames: {
          type: 'array',
          items: { type: 'string' },
          description: 'Names, or All',
        },
      },
      required: ['QueueUrl'],
      output: {
        type: 'object',
        properties: {
          Attributes: { type: ['object', 'null'] },
        },
      },
      sample: {
        QueueUrl: 'https://sqs.eu-central-1.amazonaws.com/123456789012/orders',
        AttributeNames: ['All'],
      },
    },
  },
} satisfies ServiceTemplates;
