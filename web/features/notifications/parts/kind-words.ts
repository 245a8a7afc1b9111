import type { EmailMode, NotificationKind } from '../../../../shared/notifications/notification-kinds.ts';
import { t } from '../../../words/words.ts';

interface KindWords {
  label: string;
  help: string;
}

/** What each kind is called, and who gets it. */
export const kindWords: Readonly<Record<NotificationKind, KindWords>> = {
  approval_asked: {
    label: t('Approval asked of me'),
    help: t('A step or a call waits for an approval that you may give.'),
  },
  step_waiting: { label: t('Step waits for me'), help: t('Assigned to you, or to a role of yours.') },
  step_overdue: {
    label: t('Step overdue'),
    help: t('Reminders and escalations of steps that wait for you.'),
  },
  work_failed: {
    label: t('My work failed'),
    help: t('A call, a run or a batch of yours failed or has an unknown outcome.'),
  },
  case_assigned: { label: t('Exception assigned to me'), help: t('By someone else, or by a rule.') },
  mentioned: { label: t('A comment mentions me'), help: t('Someone names you with @ in a comment.') },
  case_commented: {
    label: t('Comment on an exception'),
    help: t('Of exceptions that you opened, changed, commented on or have, or in which you were mentioned.'),
  },
  case_critical: { label: t('Critical exception opened'), help: t('For all operators.') },
  case_high: { label: t('Exception of high severity opened'), help: t('For all operators.') },
  playbook_message: {
    label: t('Message of a playbook'),
    help: t('A notify step names you or a role of yours.'),
  },
  integration_health: {
    label: t('Integration needs someone'),
    help: t('Credentials, paused hosts, webhooks and schedules that you may mend.'),
  },
  trial_stopped: { label: t('Trial stopped'), help: t('A version that you tried is no longer tried.') },
  audit_broken: {
    label: t('Audit trail changed'),
    help: t('It is not as it was sealed. For tenant admins.'),
  },
};

export const kindLabel = (kind: NotificationKind | 'test'): string =>
  kind === 'test' ? t('Test') : kindWords[kind].label;

export const emailWords: Readonly<Record<EmailMode, string>> = {
  off: t('Off'),
  critical: t('Critical at once'),
  digest: t('In the digest'),
  now: t('At once'),
};
