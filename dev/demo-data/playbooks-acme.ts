import type { PlaybookDocumentInput } from '../../shared/playbooks/playbook-document.ts';
import type { DemoPlaybook } from './demo-playbook.ts';
import { acme } from './people.ts';
import { number, object, oneOf, text } from './schema-parts.ts';

type Steps = PlaybookDocumentInput['steps'];

const paymentId = '${{ exception.attributes.paymentId }}';
const causes = ['order_failed', 'duplicate_charge', 'declined', 'customer_error', 'unclear'];

const firstCheck = {
  id: 'check',
  type: 'manual',
  title: 'Check the account',
  instructions: 'Compare the payment with the order. Is the customer owed money?',
  form: object(
    {
      cause: oneOf('What happened', causes),
      refund: { type: 'boolean', title: 'The customer is owed money' },
      note: text('Note', { maxLength: 1000 }),
    },
    ['cause', 'refund'],
  ),
  assignee: { role: 'operator' },
  due: 'PT4H',
} as const;
const tellCustomer = {
  id: 'tell_customer',
  type: 'manual',
  title: 'Tell the customer',
  instructions:
    'Reply in the same thread, in their language. Say how much and when; a refund takes two to five days.',
  form: object({ channel: oneOf('Channel', ['email', 'phone', 'chat']), note: text('Note') }, ['channel']),
  due: 'P1D',
  optional: true,
} as const;
const failedPaymentFirst = {
  note: 'As it was on the wiki.',
  name: 'failed_payment',
  title: 'Failed payment',
  description: 'The payment and the order do not match: find the cause, correct it, and inform the customer.',
  triggers: [{ domain: 'payments' }],
  steps: [
    firstCheck,
    {
      id: 'refund',
      type: 'call_tool',
      title: 'Refund the payment',
      tool: 'refund_payment',
      when: '${{ steps.check.output.refund = true }}',
      input: { paymentId, amount: '${{ exception.attributes.amount }}' },
      assignee: { role: 'operator' },
    },
    tellCustomer,
  ] satisfies Steps,
};

/** @param check the first step, which is what changes from version to version */
function failedPaymentSteps(check: Steps[number], beforeRefund: Steps = []): Steps {
  return [
    check,
    {
      id: 'decide',
      type: 'decision',
      title: 'What does the customer get?',
      instructions: '- Collect again only when the order is being delivered.\n- Refund when it is not.',
      due: 'PT4H',
      reminder: 'PT1H',
      escalation: [{ after: 'PT2H', to: { role: 'tenant_admin' } }],
      options: [
        {
          id: 'collect',
          title: 'Collect the payment again',
          steps: [
            {
              id: 'retry_charge',
              type: 'call_tool',
              title: 'Collect again',
              instructions: 'The payer could be charged twice: check the payment before you retry.',
              tool: 'retry_payment',
              input: { paymentId },
              probe: {
                tool: 'get_payment',
                input: { paymentId },
                happened: 'output.status = "succeeded"',
              },
            },
          ],
        },
        { id: 'refund', title: 'Give the money back' },
        { id: 'dismiss', title: 'Nothing to do', end: true },
      ],
    },
    ...beforeRefund,
    {
      id: 'refund',
      type: 'call_tool',
      title: 'Refund the payment',
      instructions: 'The amount may be lowered; the provider refunds no more than was paid.',
      tool: 'refund_payment',
      when: '${{ steps.decide.outcome = "refund" }}',
      input: {
        paymentId,
        amount: '${{ exception.attributes.amount }}',
        reason:
          '${{ steps.check.output.cause = "duplicate_charge" ? "duplicate" : "requested_by_customer" }}',
      },
      assignee: { role: 'operator' },
      due: 'PT4H',
    },
    {
      id: 'tell_finance',
      type: 'notify',
      title: 'Tell finance',
      to: { role: 'tenant_admin' },
      message:
        'EX-${{ exception.number }}: ${{ steps.decide.outcome }} of ${{ exception.attributes.amount }} ${{ exception.attributes.currency }} by ${{ steps.decide.completedBy }}.',
    },
    tellCustomer,
  ];
}

export const failedPayment: DemoPlaybook = {
  owner: acme,
  versions: [
    failedPaymentFirst,
    {
      ...failedPaymentFirst,
      note: 'A failed charge can be collected again; finance is notified of every outcome.',
      steps: failedPaymentSteps(firstCheck),
    },
  ],
  draft: {
    ...withoutNote(failedPaymentFirst),
    description:
      'The payment and the order do not match: find the cause, correct it, and inform the customer. Refunds above 400 need an approval.',
    steps: failedPaymentSteps({ ...firstCheck, due: 'PT2H', reminder: 'PT30M' }, [
      {
        id: 'second_look',
        type: 'approval',
        title: 'Approve a large refund',
        when: '${{ steps.decide.outcome = "refund" and exception.attributes.amount > 400 }}',
        assignee: { role: 'approver' },
        noSelfApproval: true,
        due: 'PT4H',
      },
    ]),
  },
};

export const sanctionHit: DemoPlaybook = {
  owner: acme,
  versions: [
    {
      note: 'Agreed with compliance on 3 November.',
      name: 'sanction_hit',
      title: 'Sanction hit',
      description:
        'A customer may match an entry on a sanctions list. One person compares, two others decide; no one decides on their own work.',
      triggers: [{ domain: 'compliance' }],
      steps: [
        {
          id: 'review',
          type: 'manual',
          title: 'Compare the customer with the list',
          instructions:
            '1. Compare date of birth and country.\n2. Look for a passport or company number.\n3. Write down what you compared; two approvers rely on it.',
          form: object(
            {
              finding: oneOf('Finding', ['same_person', 'other_person', 'unclear']),
              evidence: text('What was compared', { minLength: 10, maxLength: 2000 }),
            },
            ['finding', 'evidence'],
          ),
          assignee: { role: 'operator' },
          due: 'PT4H',
          reminder: 'PT1H',
        },
        {
          id: 'release_approval',
          type: 'approval',
          title: 'Approve the release',
          instructions:
            'Read what was compared, then check it yourself. Two people approve; **one rejection blocks the customer**.',
          required: 2,
          assignee: { role: 'approver' },
          noSelfApproval: true,
          onReject: 'continue',
          due: 'PT8H',
          reminder: 'PT2H',
          escalation: [{ after: 'PT1H', to: { role: 'tenant_admin' } }],
        },
        {
          id: 'release',
          type: 'call_tool',
          title: 'Release the customer',
          tool: 'release_customer',
          when: '${{ steps.release_approval.outcome = "approved" }}',
          input: {
            customerId: '${{ exception.attributes.customerId }}',
            note: 'EX-${{ exception.number }}: ${{ steps.review.output.finding }}',
          },
        },
        {
          id: 'block',
          type: 'call_tool',
          title: 'Block the customer',
          tool: 'block_customer',
          when: '${{ steps.release_approval.outcome = "rejected" }}',
          input: {
            customerId: '${{ exception.attributes.customerId }}',
            note: 'EX-${{ exception.number }}: ${{ steps.release_approval.reason }}',
          },
        },
        {
          id: 'tell_approvers',
          type: 'notify',
          title: 'Tell the approvers',
          to: { role: 'approver' },
          message:
            '${{ exception.attributes.customerName }} was ${{ steps.release_approval.outcome = "approved" ? "released" : "blocked" }} (EX-${{ exception.number }}).',
        },
      ],
    },
  ],
};

/** Never published: half of it is still missing. */
export const chargeback: DemoPlaybook = {
  owner: acme,
  versions: [],
  draft: {
    name: 'chargeback',
    title: 'Chargeback',
    description: 'The bank takes the money back: collect the evidence in time, or accept the loss.',
    triggers: [{ domain: 'payments', when: 'exception.attributes.cause = "chargeback"' }],
    steps: [
      {
        id: 'evidence',
        type: 'manual',
        title: 'Collect the evidence',
        instructions: 'Delivery note, signature, correspondence.',
        form: object({ worthIt: { type: 'boolean', title: 'Worth a dispute' }, value: number('Value') }, [
          'worthIt',
        ]),
        due: 'P3D',
      },
      {
        id: 'dispute',
        type: 'call_tool',
        title: 'Dispute it',
        tool: 'dispute_chargeback',
        when: '${{ steps.evidence.output.worthIt }}',
        input: { paymentId },
      },
    ],
  },
};

function withoutNote<T extends { note: string }>({ note: _, ...document }: T): Omit<T, 'note'> {
  return document;
}

export const paymentsAlike: DemoPlaybook = {
  owner: acme,
  versions: [
    {
      note: 'Asked for by the desk.',
      name: 'payments_alike',
      title: 'Payments of the same customer',
      description: 'Looks up every payment of the customer, as one batch, before someone decides.',
      triggers: [
        { domain: 'payments', severities: ['low'], when: 'exception.attributes.cause = "complaint"' },
      ],
      steps: [
        {
          id: 'find',
          type: 'call_tool',
          title: 'Find the payments',
          tool: 'list_payments',
          input: { customerId: '${{ exception.attributes.customerId }}', limit: 5 },
        },
        {
          id: 'look_up',
          type: 'for_each',
          title: 'Look up each payment',
          tool: 'get_payment',
          items: '${{ steps.find.output.items }}',
          payload: { paymentId: '${{ row.id }}' },
          concurrency: 3,
          onCallFailure: 'continue',
        },
        {
          id: 'compare',
          type: 'manual',
          title: 'Compare them with the orders',
          instructions: 'The results of the lookup are above. Which of the payments has no order?',
        },
      ],
    },
  ],
};
