import type { EventType } from '../events/event-types.ts';

/** Of what the words are made: names and numbers, never a payload, a text that people wrote, or a secret. */
export interface NotificationFacts {
  /** Of the tool, the step, the playbook, the batch, the schedule, the credential or the host. */
  name?: string;
  /** Of the playbook that the step belongs to. */
  playbook?: string;
  /** Of the exception. */
  number?: number;
  severity?: string;
  /** Who did it. */
  by?: string;
  /** Why it failed, as a code. */
  code?: string;
  /** How many failed, or how many days are left. */
  count?: number;
  version?: number;
  /** A comment names the person. */
  named?: boolean;
}

/** The events that people are notified of. */
export const notifyingEvents = [
  'ToolExecutionApprovalRequested',
  'ToolExecutionFailed',
  'ToolExecutionQuarantined',
  'StepOpened',
  'StepReopened',
  'StepReleased',
  'StepAssigned',
  'StepReminded',
  'StepEscalated',
  'StepFailed',
  'StepOutcomeUnknown',
  'PlaybookRunFailed',
  'PlaybookRunQuarantined',
  'NoticeSent',
  'BatchPaused',
  'BatchEnded',
  'UndoStopped',
  'ExceptionCreated',
  'ExceptionAssigned',
  'ExceptionCommented',
  'CredentialExpiring',
  'CredentialExpired',
  'CredentialRefused',
  'BreakerOpened',
  'WebhookEndpointUpdated',
  'InboundDeliveryFailed',
  'SchedulePaused',
  'ScheduleFireRefused',
  'ScheduleRunEnded',
  'TrialStopped',
  'AuditSealBroken',
] as const satisfies readonly EventType[];
export type NotifyingEvent = (typeof notifyingEvents)[number];

const named = ({ name = 'something' }: NotificationFacts): string => name;
const ofPlaybook = ({ playbook }: NotificationFacts): string =>
  playbook === undefined ? '' : ` in ${playbook}`;
const ofCase = ({ number }: NotificationFacts): string => (number === undefined ? '' : ` (EX-${number})`);
const theCase = ({ number, severity }: NotificationFacts): string =>
  `EX-${number}${severity === undefined ? '' : `, ${severity},`}`;
const by = ({ by: name = 'Someone' }: NotificationFacts): string => name;
const unknownOutcome = ({ code }: NotificationFacts): boolean => code === 'outcome_unknown';
const step = (facts: NotificationFacts): string => `${named(facts)}${ofPlaybook(facts)}${ofCase(facts)}`;

/** One line in plain words. */
const words: Record<NotifyingEvent, (facts: NotificationFacts) => string> = {
  ToolExecutionApprovalRequested: (facts) =>
    `${by(facts)} asks for an approval of ${named(facts)}${ofCase(facts)}`,
  ToolExecutionFailed: (facts) =>
    unknownOutcome(facts)
      ? `${named(facts)} has an unknown outcome${ofCase(facts)}`
      : `${named(facts)} failed${ofCase(facts)}`,
  ToolExecutionQuarantined: (facts) => `${named(facts)} is quarantined: its calls ended their worker`,
  StepOpened: (facts) => `${step(facts)} waits for you`,
  StepReopened: (facts) => `${step(facts)} waits for you again`,
  StepReleased: (facts) => `${step(facts)} was released and waits for you`,
  StepAssigned: (facts) => `${by(facts)} assigned ${step(facts)} to you`,
  StepReminded: (facts) => `${step(facts)} still waits for you`,
  StepEscalated: (facts) => `${step(facts)} is overdue and now waits for you`,
  StepFailed: (facts) => `${step(facts)} failed`,
  StepOutcomeUnknown: (facts) => `${step(facts)} has an unknown outcome`,
  PlaybookRunFailed: (facts) => `The run of ${named(facts)} failed${ofCase(facts)}`,
  PlaybookRunQuarantined: (facts) => `The run of ${named(facts)} is paused: its work ended its worker`,
  NoticeSent: (facts) => `${named(facts)} has a message for you${ofCase(facts)}`,
  BatchPaused: (facts) => `The batch ${named(facts)} is paused and cannot go on by itself`,
  BatchEnded: (facts) => `The batch ${named(facts)} ended: ${facts.count} calls failed`,
  UndoStopped: (facts) => `An undo has stopped${ofCase(facts)} and waits for a decision`,
  ExceptionCreated: (facts) => `${theCase(facts)} was opened`,
  ExceptionAssigned: (facts) => `${by(facts)} assigned EX-${facts.number} to you`,
  ExceptionCommented: (facts) =>
    facts.named
      ? `${by(facts)} mentioned you on EX-${facts.number}`
      : `${by(facts)} commented on EX-${facts.number}`,
  CredentialExpiring: (facts) => `The credential ${named(facts)} expires in ${facts.count} days`,
  CredentialExpired: (facts) => `The credential ${named(facts)} has expired: calls that need it are refused`,
  CredentialRefused: (facts) => `The credential ${named(facts)} is refused by its provider`,
  BreakerOpened: (facts) => `Calls to ${named(facts)} are paused: they keep failing`,
  WebhookEndpointUpdated: (facts) => `The webhook to ${named(facts)} was disabled: its deliveries failed`,
  InboundDeliveryFailed: (facts) => `A delivery to the inbound webhook ${named(facts)} failed`,
  SchedulePaused: (facts) => `The schedule ${named(facts)} was paused`,
  ScheduleFireRefused: (facts) => `The schedule ${named(facts)} could not start`,
  ScheduleRunEnded: (facts) => `What the schedule ${named(facts)} started has failed`,
  TrialStopped: (facts) => `Version ${facts.version} of ${named(facts)} is no longer tried`,
  AuditSealBroken: () => 'The audit trail is not as it was sealed',
};

/** The words of one event. A test of the settings has its own. */
export const factWords = (eventType: string, facts: NotificationFacts): string =>
  Object.hasOwn(words, eventType)
    ? words[eventType as NotifyingEvent](facts)
    : 'This is a test: notifications appear here';
