/** What people are notified of. Each person chooses the ways for each kind. */
export const notificationKinds = [
  'approval_asked',
  'step_waiting',
  'step_overdue',
  'work_failed',
  'case_assigned',
  'mentioned',
  'case_commented',
  'case_critical',
  'case_high',
  'playbook_message',
  'integration_health',
  'trial_stopped',
  'audit_broken',
] as const;
export type NotificationKind = (typeof notificationKinds)[number];

/** `critical`: at once what is critical, else nothing. `digest`: gathered. */
export const emailModes = ['off', 'critical', 'digest', 'now'] as const;
export type EmailMode = (typeof emailModes)[number];

/** The ways of one kind. */
export interface KindChoice {
  page: boolean;
  browser: boolean;
  email: EmailMode;
  /** Ids of channels of the organization. */
  channels: string[];
}

const choice = (email: EmailMode): KindChoice => ({ page: true, browser: false, email, channels: [] });

interface KindDefinition {
  /** What a person has who chose nothing. */
  default: KindChoice;
  /** "12 approvals are asked of you" */
  many: (count: number) => string;
  /** The page of many. */
  link: string;
}

export const kindDefinitions: Readonly<Record<NotificationKind, KindDefinition>> = {
  approval_asked: {
    default: choice('now'),
    many: (count) => `${count} approvals are asked of you`,
    link: '/inbox',
  },
  step_waiting: {
    default: choice('critical'),
    many: (count) => `${count} steps wait for you`,
    link: '/inbox',
  },
  step_overdue: {
    default: choice('critical'),
    many: (count) => `${count} reminders of steps that wait for you`,
    link: '/inbox?overdue=yes',
  },
  work_failed: {
    default: choice('off'),
    many: (count) => `${count} executions and runs of yours failed or have an unknown outcome`,
    link: '/executions?status=failed',
  },
  case_assigned: {
    default: choice('critical'),
    many: (count) => `${count} exceptions were assigned to you`,
    link: '/exceptions',
  },
  mentioned: {
    default: choice('now'),
    many: (count) => `${count} comments mention you`,
    link: '/exceptions',
  },
  case_commented: {
    default: choice('off'),
    many: (count) => `${count} new comments on exceptions that you follow`,
    link: '/exceptions',
  },
  case_critical: {
    default: choice('off'),
    many: (count) => `${count} critical exceptions were opened`,
    link: '/exceptions?severity=critical',
  },
  case_high: {
    default: { ...choice('off'), page: false },
    many: (count) => `${count} exceptions of high severity were opened`,
    link: '/exceptions?severity=high',
  },
  playbook_message: {
    default: choice('off'),
    many: (count) => `${count} messages of playbooks to you`,
    link: '/inbox',
  },
  integration_health: {
    default: choice('off'),
    many: (count) => `${count} problems of integrations`,
    link: '/home',
  },
  trial_stopped: {
    default: choice('off'),
    many: (count) => `${count} trials of tools have stopped`,
    link: '/tools',
  },
  audit_broken: {
    default: choice('now'),
    many: (count) => `${count} findings in the audit trail`,
    link: '/audit',
  },
};
