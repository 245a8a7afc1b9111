import type { FormHelp } from '../../../kit/form-help/form-help.tsx';
import { t } from '../../../words/words.ts';

/** Help beside the fields of a playbook and its steps. */
export const playbookHelp: FormHelp = {
  '/title': {
    text: t('What people read when they start a run.'),
    example: t('Failed payment'),
  },
  '/name': {
    text: t('What programs start it by. It does not change once runs know it.'),
    example: 'failed_payment',
  },
  '/description': {
    text: t('When to run it, and what it does.'),
    example: t('For payments that the provider has refused.'),
  },
  '*/title': {
    text: t('What the step does, as people read it in their inbox.'),
    example: t('Check the account'),
  },
  '*/id': {
    text: t('What expressions call the step. It follows the title until runs know it.'),
    example: 'check_account',
  },
  '*/instructions': {
    text: t('What to do and what to check, in Markdown. Whoever completes the step reads it.'),
    example: t('Call the customer before you refund more than 500.'),
  },
  '*/when': {
    text: t('The step is skipped unless this is true.'),
    example: '${{ steps.check.output.refund = true }}',
  },
  '*/due': {
    text: t(
      'When the step should be done, counted from when it opens. Overdue steps come first in the inbox.',
    ),
    example: t('4 hours'),
  },
  '*/tool': {
    text: t('The tool that the step calls, in its current version or a fixed one.'),
    example: 'refund_payment',
  },
  '*/required': {
    text: t('So many different people must approve.'),
    example: '2',
  },
  '*/over': {
    text: t('The list of which every item goes through the steps inside.'),
    example: '${{ input.orders }}',
  },
  '*/concurrency': {
    text: t('So many items are worked on at once.'),
    example: '5',
  },
  '*/until': {
    text: t('The time at which the run goes on.'),
    example: '${{ input.dueAt }}',
  },
  '*/event': {
    text: t('The name of the event that the run waits for.'),
    example: 'payment_received',
  },
  '*/message': {
    text: t('What the people are told. Expressions are filled in.'),
    example: '${{ input.orderId }} is shipped.',
  },
};
