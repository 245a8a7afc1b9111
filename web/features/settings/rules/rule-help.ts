import type { FormHelp } from '../../../kit/form-help/form-help.tsx';
import { t } from '../../../words/words.ts';

/** Help beside the fields of a rule, by their labels. */
export const ruleHelp: FormHelp = {
  [t('Name')]: {
    text: t('What the timeline of an exception says when the rule has changed it.'),
    example: t('Large payments'),
  },
  [t('Condition')]: {
    text: t('JSONata over the new exception. The rule applies when it is true.'),
    example: 'exception.attributes.amount > 1000',
  },
  [t('Severity to')]: {
    text: t('Set only where the opener has left it open.'),
  },
  [t('Assignee')]: {
    text: t('Who gets the exception: a role or a person.'),
  },
  [t('Due after')]: {
    text: t('When it should be resolved, counted from when it was opened.'),
    example: t('4 hours'),
  },
  [t('Start playbook')]: {
    text: t('A run of it starts with the exception.'),
    example: 'failed_payment',
  },
  [t('Input of the playbook')]: {
    text: t('JSON; expressions read the exception.'),
    example: '{"paymentId": "${{ exception.attributes.paymentId }}"}',
  },
};
