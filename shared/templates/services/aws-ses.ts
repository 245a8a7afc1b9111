import type { ServiceTemplates } from '../template-data.ts';

export default {
  service: 'aws_ses',
  title: 'Amazon SES',
  category: 'email',
  baseUrl: 'https://email.{region}.amazonaws.com',
  auth: {
    type: 'aws_sigv4',
    region: '{region}',
    service: 'ses',
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
    aws_ses_send_email: {
      title: 'Send an email',
      description: 'Sends an email.',
      scopes: ['ses:SendEmail'],
      reference: 'https://docs.aws.amazon.com/ses/latest/APIReference-V2/API_SendEmail.html',
      method: 'POST',
      path: '/v2/email/outbound-emails',
      body: {
        FromEmailAddress: '{from}',
        Destination: { ToAddresses: ['{to}'] },
        Content: {
          Simple: {
            Subject: { Data: '{subject}' },
            Body: {
              Text: { Data: '{text}' },
            },
          },
        },
      },
      inputs: {
        from: { type: 'string', description: 'Address of a verified sender' },
        to: { type: 'string', description: 'Email address of the receiver' },
        subject: { type: 'string', description: 'Subject' },
        text: { type: 'string', description: 'The text' },
      },
      required: ['from', 'to', 'subject', 'text'],
      output: {
        type: 'object',
        properties: {
          MessageId: { type: ['string', 'null'] },
        },
      },
      sample: {
        from: 'help@example.com',
        to: 'ada@example.com',
        subject: 'Your refund',
        text: 'It is on its way.',
      },
    },
  },
} satisfies ServiceTemplates;
