import { object, oneOf, text } from './form-parts.ts';
import type { PlaybookTemplate } from './template.ts';

export const accessRequest: PlaybookTemplate = {
  id: 'access-request',
  toolStep: 'grant',
  document: {
    name: 'access_request',
    title: 'Access request',
    description:
      'Someone asks for access to a system: check the need, let a second person approve, grant it, and look at it again later.',
    inputSchema: object(
      {
        person: text('Who needs access'),
        system: text('System'),
        level: oneOf('Level', ['read', 'write', 'admin']),
        why: text('Why'),
      },
      ['person', 'system', 'level', 'why'],
    ),
    steps: [
      {
        id: 'check',
        type: 'manual',
        title: 'Check the need',
        instructions: 'Is it the least access that does the work? Does the person have it already?',
        form: object({ note: text('What was checked') }, ['note']),
        due: 'P1D',
      },
      {
        id: 'approve',
        type: 'approval',
        title: 'Approve the access',
        instructions: 'Who asked for it or checked it cannot approve.',
        due: 'P1D',
        reminder: 'PT4H',
      },
      {
        id: 'approve_admin',
        type: 'approval',
        title: 'Approve admin access',
        when: '${{ input.level = "admin" }}',
        assignee: { role: 'tenant_admin' },
        due: 'P1D',
      },
      { id: 'grant', type: 'manual', title: 'Grant the access', due: 'PT8H' },
      { id: 'use', type: 'wait', title: 'Wait before the review', for: 'P30D' },
      {
        id: 'review',
        type: 'decision',
        title: 'Is it still needed?',
        due: 'P5D',
        options: [
          { id: 'keep', title: 'Keep it' },
          {
            id: 'remove',
            title: 'Remove it',
            steps: [{ id: 'remove_access', type: 'manual', title: 'Remove the access', due: 'P1D' }],
          },
        ],
      },
    ],
  },
};
