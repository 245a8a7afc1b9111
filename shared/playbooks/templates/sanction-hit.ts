import { object, oneOf, text } from './form-parts.ts';
import type { PlaybookTemplate } from './template.ts';

export const sanctionHit: PlaybookTemplate = {
  id: 'sanction-hit',
  toolStep: 'release',
  document: {
    name: 'sanction_hit_review',
    title: 'Sanction hit',
    description:
      'A customer may match an entry on a sanctions list: one person compares, two others approve the release, or the customer is blocked.',
    inputSchema: object({ customer: text('Customer'), entry: text('Entry on the list') }, [
      'customer',
      'entry',
    ]),
    steps: [
      {
        id: 'compare',
        type: 'manual',
        title: 'Compare the customer with the entry',
        instructions:
          '1. Compare date of birth and country.\n2. Look for a passport or company number.\n3. Write down what you compared.',
        form: object(
          {
            finding: oneOf('Finding', ['same', 'different', 'unclear']),
            evidence: text('What was compared', { minLength: 10 }),
          },
          ['finding', 'evidence'],
        ),
        due: 'PT4H',
        reminder: 'PT1H',
      },
      {
        id: 'approve',
        type: 'approval',
        title: 'Approve the release',
        instructions: 'Check it yourself. Two people approve; **one rejection blocks the customer**.',
        required: 2,
        onReject: 'continue',
        due: 'PT8H',
        reminder: 'PT2H',
        escalation: [{ after: 'PT1H', to: { role: 'tenant_admin' } }],
      },
      {
        id: 'release',
        type: 'manual',
        title: 'Release the customer',
        when: '${{ steps.approve.outcome = "approved" }}',
        due: 'PT4H',
      },
      {
        id: 'block',
        type: 'manual',
        title: 'Block the customer',
        instructions: 'Block every account and report the hit as your rules require.',
        when: '${{ steps.approve.outcome = "rejected" }}',
        due: 'PT1H',
      },
    ],
  },
};
