import type { NotificationFacts, NotifyingEvent } from '../../shared/notifications/notification-facts.ts';
import type { NotificationKind } from '../../shared/notifications/notification-kinds.ts';
import type { Outputs } from '../api/trpc.ts';
import { counted, t } from '../words/words.ts';

type Item = Outputs['notifications']['list']['items'][number];

const named = ({ name }: NotificationFacts): string => name ?? t('something');
const by = ({ by: name }: NotificationFacts): string => name ?? t('Someone');
const ex = ({ number }: NotificationFacts): string => `EX-${number}`;
const inCase = (text: string, facts: NotificationFacts): string =>
  facts.number === undefined ? text : `${text} (${ex(facts)})`;
const step = (facts: NotificationFacts): string =>
  inCase(facts.playbook === undefined ? named(facts) : t`${named(facts)} in ${facts.playbook}`, facts);

/** The words of shared/notifications/notification-facts.ts, in the language of the page. */
const words: Readonly<Record<NotifyingEvent, (facts: NotificationFacts) => string>> = {
  ToolExecutionApprovalRequested: (facts) =>
    inCase(t`${by(facts)} asks for an approval of ${named(facts)}`, facts),
  ToolExecutionFailed: (facts) =>
    inCase(
      facts.code === 'outcome_unknown'
        ? t`${named(facts)} has an unknown outcome`
        : t`${named(facts)} failed`,
      facts,
    ),
  ToolExecutionQuarantined: (facts) => t`${named(facts)} is quarantined: its calls ended their worker`,
  StepOpened: (facts) => t`${step(facts)} waits for you`,
  StepReopened: (facts) => t`${step(facts)} waits for you again`,
  StepReleased: (facts) => t`${step(facts)} was released and waits for you`,
  StepAssigned: (facts) => t`${by(facts)} assigned ${step(facts)} to you`,
  StepReminded: (facts) => t`${step(facts)} still waits for you`,
  StepEscalated: (facts) => t`${step(facts)} is overdue and now waits for you`,
  StepFailed: (facts) => t`${step(facts)} failed`,
  StepOutcomeUnknown: (facts) => t`${step(facts)} has an unknown outcome`,
  PlaybookRunFailed: (facts) => inCase(t`The run of ${named(facts)} failed`, facts),
  PlaybookRunQuarantined: (facts) => t`The run of ${named(facts)} is paused: its work ended its worker`,
  NoticeSent: (facts) => inCase(t`${named(facts)} has a message for you`, facts),
  BatchPaused: (facts) => t`The batch ${named(facts)} is paused and cannot go on by itself`,
  BatchEnded: (facts) =>
    counted(
      facts.count ?? 0,
      'The batch {1} ended: {0} call failed|The batch {1} ended: {0} calls failed',
      named(facts),
    ),
  UndoStopped: (facts) => inCase(t('An undo has stopped and waits for a decision'), facts),
  ExceptionCreated: (facts) => t`${ex(facts)} was opened`,
  ExceptionAssigned: (facts) => t`${by(facts)} assigned ${ex(facts)} to you`,
  ExceptionCommented: (facts) =>
    facts.named ? t`${by(facts)} mentioned you on ${ex(facts)}` : t`${by(facts)} commented on ${ex(facts)}`,
  CredentialExpiring: (facts) =>
    counted(
      facts.count ?? 0,
      'The credential {1} expires in {0} day|The credential {1} expires in {0} days',
      named(facts),
    ),
  CredentialExpired: (facts) => t`The credential ${named(facts)} has expired: calls that need it are refused`,
  CredentialRefused: (facts) => t`The credential ${named(facts)} is refused by its provider`,
  BreakerOpened: (facts) => t`Calls to ${named(facts)} are paused: they keep failing`,
  WebhookEndpointUpdated: (facts) => t`The webhook to ${named(facts)} was disabled: its deliveries failed`,
  InboundDeliveryFailed: (facts) => t`A delivery to the inbound webhook ${named(facts)} failed`,
  SchedulePaused: (facts) => t`The schedule ${named(facts)} was paused`,
  ScheduleFireRefused: (facts) => t`The schedule ${named(facts)} could not start`,
  ScheduleRunEnded: (facts) => t`What the schedule ${named(facts)} started has failed`,
  TrialStopped: (facts) => t`Version ${facts.version} of ${named(facts)} is no longer tried`,
  AuditSealBroken: () => t('The audit trail is not as it was sealed'),
};

/** One line for many of a kind. */
const manyWords: Readonly<Record<NotificationKind, (count: number) => string>> = {
  approval_asked: (count) => counted(count, '{0} approval is asked of you|{0} approvals are asked of you'),
  step_waiting: (count) => counted(count, '{0} step waits for you|{0} steps wait for you'),
  step_overdue: (count) =>
    counted(count, '{0} reminder of a step that waits for you|{0} reminders of steps that wait for you'),
  work_failed: (count) =>
    counted(
      count,
      '{0} execution or run of yours failed or has an unknown outcome|{0} executions and runs of yours failed or have an unknown outcome',
    ),
  case_assigned: (count) =>
    counted(count, '{0} exception was assigned to you|{0} exceptions were assigned to you'),
  mentioned: (count) => counted(count, '{0} comment mentions you|{0} comments mention you'),
  case_commented: (count) =>
    counted(
      count,
      '{0} new comment on an exception that you follow|{0} new comments on exceptions that you follow',
    ),
  case_critical: (count) =>
    counted(count, '{0} critical exception was opened|{0} critical exceptions were opened'),
  case_high: (count) =>
    counted(count, '{0} exception of high severity was opened|{0} exceptions of high severity were opened'),
  playbook_message: (count) =>
    counted(count, '{0} message of a playbook to you|{0} messages of playbooks to you'),
  integration_health: (count) => counted(count, '{0} problem of an integration|{0} problems of integrations'),
  trial_stopped: (count) =>
    counted(count, '{0} trial of a tool has stopped|{0} trials of tools have stopped'),
  audit_broken: (count) => counted(count, '{0} finding in the audit trail|{0} findings in the audit trail'),
};

const isKnown = (type: string): type is NotifyingEvent => Object.hasOwn(words, type);

/** What a notification says. One of a later version says it in English. */
export function noticeText({ kind, eventType, facts, count, text }: Item): string {
  if (kind === 'test') return t('This is a test: notifications appear here');
  if (count > 1) return manyWords[kind](count);
  // What is missing was not known.
  return isKnown(eventType) ? words[eventType](facts as NotificationFacts) : text;
}
