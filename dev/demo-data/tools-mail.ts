import { demoCredentials } from '../demo-services/credentials.ts';
import type { DemoDefinition, DemoTool } from './demo-tool.ts';
import { acme } from './people.ts';
import { object, paymentId, text } from './schema-parts.ts';

const quick = {
  timeoutMs: 5000,
  deadlineMs: 20_000,
  retry: { maxAttempts: 3, initialMs: 300, factor: 2, maxMs: 2000 },
};

const email: DemoDefinition = {
  ...quick,
  type: 'email',
  name: 'write_to_customer',
  title: 'Write to a customer',
  description: 'Sends an email to a customer about a payment. The demo mailbox shows it.',
  category: 'customers',
  tags: ['email'],
  inputSchema: object(
    {
      email: text('Email', { format: 'email', examples: ['ana@customer.example'] }),
      name: text('Name', { examples: ['Ana Díaz'] }),
      paymentId,
      message: text('Message', { examples: ['Your refund is on its way.'] }),
      files: { type: 'array', title: 'Attachments', items: { type: 'object' } },
    },
    ['email', 'paymentId', 'message'],
  ),
  config: {
    connector: 'mail_desk',
    to: '{name} <{email}>',
    subject: 'Your payment {paymentId}',
    text: 'Hello {name},\n\n{message}\n\nAcme Pay',
    html: '<p>Hello {name},</p><p>{message}</p><p><b>Acme Pay</b></p>',
    attachments: '{files}',
  },
};

const webhook = (demoUrl: string): DemoDefinition => ({
  ...quick,
  type: 'webhook',
  name: 'announce_order',
  title: 'Announce an order',
  description: 'Sends a signed message to the order desk, which takes each message once.',
  category: 'orders',
  tags: ['webhook'],
  inputSchema: object({
    orderId: text('Order', { examples: ['ord_1001'] }),
    state: text('State', { enum: ['paid', 'shipped', 'returned'] }),
  }),
  auth: { type: 'standard_webhooks', secret: demoCredentials.webhookSecret },
  config: {
    url: `${demoUrl}/v1/hooks/orders`,
    body: { type: 'order.{state}', data: { orderId: '{orderId}' } },
  },
});

/** @param options.mail whether there is a mail server */
export const mailTools = ({ demo, mail }: { demo: string; mail: boolean }): DemoTool[] =>
  [...(mail ? [email] : []), webhook(demo)].map((definition) => ({ owner: acme, versions: [definition] }));
