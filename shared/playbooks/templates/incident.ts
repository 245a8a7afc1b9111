import { object, oneOf, text, yesNo } from './form-parts.ts';
import type { PlaybookTemplate } from './template.ts';

export const incident: PlaybookTemplate = {
  id: 'incident',
  toolStep: 'repair',
  document: {
    name: 'incident',
    title: 'Incident',
    description:
      'A service is down or slow: say how bad it is, repair it with a second pair of eyes, confirm, and write down what was learned.',
    inputSchema: object({ service: text('Service'), symptom: text('What is seen') }, ['service', 'symptom']),
    steps: [
      {
        id: 'assess',
        type: 'manual',
        title: 'Say how bad it is',
        instructions: 'Who notices it, and since when? What changed before it began?',
        form: object(
          {
            impact: oneOf('Impact', ['everyone', 'some', 'no_one']),
            cause: text('Likely cause'),
          },
          ['impact', 'cause'],
        ),
        due: 'PT15M',
        escalation: [{ after: 'PT10M', to: { role: 'tenant_admin' } }],
      },
      {
        id: 'tell_admins',
        type: 'notify',
        title: 'Tell the admins',
        when: '${{ steps.assess.output.impact != "no_one" }}',
        to: { role: 'tenant_admin' },
        message: '${{ input.service }}: ${{ input.symptom }}. Likely cause: ${{ steps.assess.output.cause }}',
      },
      {
        id: 'approve',
        type: 'approval',
        title: 'Approve the repair',
        instructions: 'Could the repair make it worse? Can it be taken back?',
        due: 'PT15M',
      },
      {
        id: 'repair',
        type: 'manual',
        title: 'Repair it',
        instructions: 'Roll back, restart or switch over.',
        due: 'PT1H',
      },
      {
        id: 'confirm',
        type: 'manual',
        title: 'Confirm that it works',
        form: object({ works: yesNo('The service works again'), proof: text('How you know') }, [
          'works',
          'proof',
        ]),
        due: 'PT1H',
      },
      {
        id: 'learn',
        type: 'manual',
        title: 'Write down what was learned',
        instructions: 'What happened, why, and what prevents the next one. No blame.',
        due: 'P5D',
        optional: true,
      },
    ],
  },
};
