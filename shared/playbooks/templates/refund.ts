import { object, text, yesNo } from './form-parts.ts';
import type { PlaybookTemplate } from './template.ts';

export const refund: PlaybookTemplate = {
  id: 'refund',
  toolStep: 'refund',
  document: {
    name: 'refund',
    title: 'Refund',
    description:
      'A customer wants money back: check that they are owed it, let a second person approve, refund it and tell them.',
    inputSchema: object(
      {
        payment: text('Payment', { description: 'Its ID at the payment provider.' }),
        amount: { type: 'number', title: 'Amount', exclusiveMinimum: 0 },
        reason: text('Reason'),
      },
      ['payment', 'amount', 'reason'],
    ),
    steps: [
      {
        id: 'check',
        type: 'manual',
        title: 'Check the payment',
        instructions: 'Compare the payment with the order. Was it refunded already?',
        form: object({ owed: yesNo('The customer is owed the money'), note: text('Note') }, ['owed']),
        due: 'PT4H',
      },
      {
        id: 'approve',
        type: 'approval',
        title: 'Approve the refund',
        instructions: 'Read what was checked. Who started the run or checked the payment cannot approve.',
        when: '${{ steps.check.output.owed = true }}',
        due: 'PT8H',
        reminder: 'PT2H',
      },
      {
        id: 'refund',
        type: 'manual',
        title: 'Refund the payment',
        instructions: 'Refund the approved amount, once.',
        when: '${{ steps.check.output.owed = true }}',
        due: 'PT4H',
      },
      {
        id: 'tell_customer',
        type: 'manual',
        title: 'Tell the customer',
        instructions: 'Say what was decided and, after a refund, when the money arrives.',
        due: 'P1D',
        optional: true,
      },
    ],
  },
};
