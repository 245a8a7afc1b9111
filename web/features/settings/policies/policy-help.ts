import type { FormHelp } from '../../../kit/form-help/form-help.tsx';
import { t } from '../../../words/words.ts';

/** Help beside the fields of a policy, by their labels. */
export const policyHelp: FormHelp = {
  [t('What happens')]: {
    text: t(
      'Deny wins over every other policy. Approval makes the exact request wait for people. An allow policy closes its tools to everything else.',
    ),
  },
  [t('Tool')]: {
    text: t('Only calls of this tool. Every choice below narrows it further.'),
    example: 'refund_payment',
  },
  [t('Connector')]: {
    text: t('Only calls through this connector.'),
    example: 'payments',
  },
  [t('Tag')]: {
    text: t('Only tools with this tag.'),
    example: 'finance',
  },
  [t('Category')]: {
    text: t('Only tools of this category.'),
    example: 'payments',
  },
  [t('Only when')]: {
    text: t('JSONata over the input. The policy concerns the call when it is true.'),
    example: 'amount > 500',
  },
  [t('Approvals')]: {
    text: t('So many different people must approve. One rejection rejects.'),
    example: '2',
  },
  [t('Expires after')]: {
    text: t('Without a decision by then, the call is not sent.'),
    example: t('1 day'),
  },
  [t('Time zone')]: {
    text: t('The clock by which the hours are read.'),
    example: 'Europe/Berlin',
  },
  [t('Calls')]: {
    text: t('An allow policy lets so many through; the others concern what comes after them.'),
    example: '10',
  },
  [t('Name')]: {
    text: t('People read it when a call is refused or waits.'),
    example: t('Refunds above 500'),
  },
  [t('Note')]: {
    text: t('Why the policy is there, for those who change it.'),
    example: t('Asked for by the auditors in March.'),
  },
};
