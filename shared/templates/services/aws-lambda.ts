import type { ServiceTemplates } from '../template-data.ts';

export default {
  service: 'aws_lambda',
  title: 'AWS Lambda',
  category: 'cloud',
  baseUrl: 'https://lambda.{region}.amazonaws.com',
  auth: {
    type: 'aws_sigv4',
    region: '{region}',
    service: 'lambda',
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
    aws_lambda_invoke: {
      title: 'Invoke a function',
      description: 'Calls a function and returns its result.',
      scopes: ['lambda:InvokeFunction'],
      reference: 'https://docs.aws.amazon.com/lambda/latest/api/API_Invoke.html',
      method: 'POST',
      path: '/2015-03-31/functions/{FunctionName}/invocations',
      body: '{payload}',
      inputs: {
        FunctionName: { type: 'string', description: 'Name of the function' },
        payload: { type: 'object', description: 'Its input' },
      },
      required: ['FunctionName', 'payload'],
      output: {},
      sample: {
        FunctionName: 'refund',
        payload: { order: '4711' },
      },
    },
  },
} satisfies ServiceTemplates;
