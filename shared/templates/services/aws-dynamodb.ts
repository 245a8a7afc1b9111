import type { ServiceTemplates } from '../template-data.ts';

export default {
  service: 'aws_dynamodb',
  title: 'Amazon DynamoDB',
  category: 'cloud',
  baseUrl: 'https://dynamodb.{region}.amazonaws.com',
  auth: {
    type: 'aws_sigv4',
    region: '{region}',
    service: 'dynamodb',
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
    aws_dynamodb_get_item: {
      title: 'Get an item',
      description: 'Reads an item of a table by its key.',
      scopes: ['dynamodb:GetItem'],
      reference: 'https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_GetItem.html',
      method: 'POST',
      path: '/',
      headers: { 'Content-Type': 'application/x-amz-json-1.0', 'X-Amz-Target': 'DynamoDB_20120810.GetItem' },
      idempotent: true,
      inputs: {
        TableName: { type: 'string', description: 'Name of the table' },
        Key: { type: 'object', description: 'Key, with types' },
        ConsistentRead: { type: 'boolean', description: 'Whether the latest state is read' },
      },
      required: ['TableName', 'Key'],
      output: {
        type: 'object',
        properties: {
          Item: { type: ['object', 'null'] },
        },
      },
      sample: {
        TableName: 'orders',
        Key: {
          id: { S: '4711' },
        },
      },
    },
    aws_dynamodb_put_item: {
      title: 'Put an item',
      description: 'Writes an item; one with the same key is replaced.',
      scopes: ['dynamodb:PutItem'],
      reference: 'https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_PutItem.html',
      method: 'POST',
      path: '/',
      headers: { 'Content-Type': 'application/x-amz-json-1.0', 'X-Amz-Target': 'DynamoDB_20120810.PutItem' },
      inputs: {
        TableName: { type: 'string', description: 'Name of the table' },
        Item: { type: 'object', description: 'The item, with types' },
        ConditionExpression: { type: 'string', description: 'What must hold' },
      },
      required: ['TableName', 'Item'],
      output: {
        type: 'object',
        properties: {
          Attributes: { type: ['object', 'null'] },
        },
      },
      sample: {
        TableName: 'orders',
        Item: {
          id: { S: '4711' },
          state: { S: 'refunded' },
        },
      },
    },
    aws_dynamodb_query: {
      title: 'Query items',
      description: 'Finds items by their key.',
      scopes: ['dynamodb:Query'],
      reference: 'https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_Query.html',
      method: 'POST',
      path: '/',
      headers: { 'Content-Type': 'application/x-amz-json-1.0', 'X-Amz-Target': 'DynamoDB_20120810.Query' },
      idempotent: true,
      inputs: {
        TableName: { type: 'string', description: 'Name of the table' },
        KeyConditionExpression: { type: 'string', description: 'Condition, such as customer = :c' },
        ExpressionAttributeValues: { type: 'object', description: 'Values of the condition, with types' },
        Limit: { type: 'integer', description: 'Items at most' },
        IndexName: { type: 'string', description: 'Name of the index' },
      },
      required: ['TableName', 'KeyConditionExpression', 'ExpressionAttributeValues'],
      output: {
        type: 'object',
        properties: {
          Items: {
            type: ['array', 'null'],
            items: { type: 'object' },
          },
          Count: { type: ['integer', 'null'] },
        },
      },
      sample: {
        TableName: 'orders',
        KeyConditionExpression: 'customer = :c',
        ExpressionAttributeValues: {
          ':c': { S: 'ada' },
        },
        Limit: 20,
      },
    },
  },
} satisfies ServiceTemplates;
