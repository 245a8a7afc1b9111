import type { EventType } from '../../../../shared/events/event-types.ts';
import { exceptionLabel } from '../../../../shared/exceptions/exception-number.ts';
import { isObject } from '../../../../shared/platform/schema-properties.ts';
import { roleWord } from '../../../shell/role-words.ts';
import { resolutionWord } from './exception-words.ts';

/** How what happens on an exception reads. Pure, so that every sentence can be tested. */

type Data = Record<string, unknown>;

interface Words {
  /** In a list. */
  word: string;
  /** After the name of whoever did it. */
  did: (data: Data) => string;
  /** After the title of the step. */
  tail?: (data: Data) => string;
}

const text = (value: unknown): string | undefined =>
  typeof value === 'string' && value !== '' ? value : undefined;
const nameOf = (value: unknown) => (isObject(value) ? text(value.name) : undefined);
const playbookOf = ({ playbookTitle, playbookVersion }: Data) =>
  `${text(playbookTitle) ?? 'the playbook'}${typeof playbookVersion === 'number' ? ` v${playbookVersion}` : ''}`;
const plain = (word: string, did: string): Words => ({ word, did: () => did });

const forWhom = ({ user, role }: Data) => {
  const whom = text(user) ?? (text(role) ? roleWord(String(role)) : undefined);
  return whom ? `for ${whom}` : '';
};
const toWhom = ({ to }: Data) => (text(to) ? `to ${text(to)}` : '');
/** What was chosen, where the title of the event does not say it. */
const chosen = ({ outcome }: Data) =>
  text(outcome) && !['done', 'run', 'completed', 'approved'].includes(String(outcome))
    ? `: ${String(outcome).replaceAll('_', ' ')}`
    : '';

const fieldWords: Record<string, string> = { dueAt: 'due time' };
const fields = (value: unknown): string => {
  const names = Array.isArray(value) ? value.map((name) => fieldWords[String(name)] ?? String(name)) : [];
  return names.length > 1 ? `${names.slice(0, -1).join(', ')} and ${names.at(-1)}` : (names[0] ?? 'it');
};

const words: Partial<Record<EventType, Words>> = {
  ExceptionCreated: {
    word: 'Opened',
    did: ({ assignee }) => (nameOf(assignee) ? `opened it for ${nameOf(assignee)}` : 'opened it'),
  },
  ExceptionUpdated: { word: 'Changed', did: ({ changed }) => `changed ${fields(changed)}` },
  ExceptionAssigned: {
    word: 'Assigned',
    did: ({ assignee }) =>
      nameOf(assignee) ? `assigned it to ${nameOf(assignee)}` : 'took the assignee off',
  },
  ExceptionCommented: plain('Comment', 'commented'),
  ExceptionLinked: {
    word: 'Linked',
    did: ({ targetNumber }) =>
      typeof targetNumber === 'number' ? `linked ${exceptionLabel(targetNumber)}` : 'linked a page',
  },
  ExceptionUnlinked: plain('Link removed', 'took a link away'),
  ExceptionResolved: {
    word: 'Resolved',
    did: ({ code }) => `resolved it${text(code) ? `: ${resolutionWord(String(code)).toLowerCase()}` : ''}`,
  },
  ExceptionReopened: plain('Reopened', 'opened it again'),
  PlaybookRunStarted: { word: 'Playbook started', did: (data) => `started ${playbookOf(data)}` },
  PlaybookRunPaused: { word: 'Playbook paused', did: (data) => `paused ${playbookOf(data)}` },
  PlaybookRunResumed: { word: 'Playbook resumed', did: (data) => `let ${playbookOf(data)} go on` },
  PlaybookRunCancelRequested: {
    word: 'Cancel asked for',
    did: (data) => `asked to cancel ${playbookOf(data)}`,
  },
  PlaybookRunCompleted: { word: 'Playbook completed', did: (data) => `completed ${playbookOf(data)}` },
  PlaybookRunFailed: { word: 'Playbook failed', did: (data) => `ended ${playbookOf(data)}: it failed` },
  PlaybookRunCancelled: { word: 'Playbook cancelled', did: (data) => `cancelled ${playbookOf(data)}` },
  StepOpened: { word: 'Step opened', did: () => 'opened', tail: forWhom },
  StepClaimed: plain('Step claimed', 'took on'),
  StepReleased: plain('Step given back', 'gave back'),
  StepAssigned: { word: 'Step handed over', did: () => 'handed over', tail: toWhom },
  StepReminded: plain('Reminder', 'reminded of'),
  StepEscalated: { word: 'Escalated', did: () => 'escalated', tail: toWhom },
  StepApproved: plain('Approval', 'approved'),
  StepRejected: plain('Rejection', 'rejected'),
  StepStarted: plain('Step started', 'started'),
  StepCompleted: { word: 'Step completed', did: () => 'completed', tail: chosen },
  StepSkipped: plain('Step skipped', 'skipped'),
  StepReopened: plain('Step reopened', 'opened again'),
  StepFailed: plain('Step failed', 'could not complete'),
  StepOutcomeUnknown: plain('Outcome unknown', 'does not know the outcome of'),
  StepCompletionRefused: plain('Refused', 'was refused to complete'),
  NoticeSent: plain('Notice', 'sent a notice'),
  ToolExecutionRequested: plain('Tool run', 'ran a tool'),
};

const spaced = (type: string) => {
  const parts = type.replaceAll(/(?<=[a-z])(?=[A-Z])/g, ' ').toLowerCase();
  return parts.charAt(0).toUpperCase() + parts.slice(1);
};
const known = (type: string): Words | undefined => (words as Record<string, Words>)[type];

/** "Assigned"; a type that is not known here is spelt out. */
export const eventWord = (type: string): string => known(type)?.word ?? spaced(type);

/** What somebody did, as it follows their name: "assigned it to Ben". Of a step, its title follows in turn. */
export const eventDid = (type: string, data: Data): string =>
  known(type)?.did(data) ?? spaced(type).toLowerCase();

/** What follows the title of the step: "for operator", ": refund". */
export const eventTail = (type: string, data: Data): string => known(type)?.tail?.(data) ?? '';

/** The words that somebody gave with it: a reason, a note, a message. */
export const eventSaying = (data: Data): string | undefined =>
  text(data.reason) ?? text(data.note) ?? text(data.message) ?? text(data.problem);
