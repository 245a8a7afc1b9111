import type { EventType } from '../../../../shared/events/event-types.ts';
import { exceptionLabel } from '../../../../shared/exceptions/exception-number.ts';
import { isObject } from '../../../../shared/platform/schema-properties.ts';
import { roleWord } from '../../../shell/role-words.ts';
import { inSentence } from '../../playbooks/parts/playbook-words.ts';
import { resolutionWord } from './exception-words.ts';

/** Events of an exception as sentences. */

type Data = Record<string, unknown>;

interface Words {
  /** In a list. */
  word: string;
  /** Follows the person's name. */
  did: (data: Data) => string;
  /** Follows the title of the step. */
  tail?: (data: Data) => string;
}

const text = (value: unknown): string | undefined =>
  typeof value === 'string' && value !== '' ? value : undefined;
const nameOf = (value: unknown) => (isObject(value) ? text(value.name) : undefined);
const playbookOf = ({ playbookTitle, playbookVersion }: Data) =>
  `${text(playbookTitle) ?? 'the playbook'}${typeof playbookVersion === 'number' ? ` v${playbookVersion}` : ''}`;
const sourceOf = ({ of }: Data) => (of === 'batch' ? 'a batch' : 'a playbook run');
const undoneOf = ({ undone, total }: Data) =>
  typeof undone === 'number' && typeof total === 'number' ? `: ${undone} of ${total}` : '';
const plain = (word: string, did: string): Words => ({ word, did: () => did });

const forAssignee = ({ user, role }: Data) => {
  const assignee = text(user) ?? (text(role) ? `any ${roleWord(String(role))}` : undefined);
  return assignee ? `for ${assignee}` : '';
};
const toAssignee = ({ to }: Data) => (text(to) ? `to ${inSentence(text(to) ?? '')}` : '');
/** The outcome, unless the event's own words include it. */
const chosen = ({ outcome }: Data) =>
  text(outcome) && !['done', 'run', 'completed', 'approved'].includes(String(outcome))
    ? `: ${String(outcome).replaceAll('_', ' ')}`
    : '';

const fieldWords: Record<string, string> = { dueAt: 'due date' };
/** What a rule has set: "severity critical, assignee Ana". */
const ruled = ({ sets, severity, assignee, playbook }: Data): string => {
  const values: Data = { severity, assignee: nameOf(assignee) ?? assignee };
  const named = (Array.isArray(sets) ? sets : [])
    .filter((field) => field !== 'playbook')
    .map((field) => `${fieldWords[String(field)] ?? field} ${text(values[String(field)]) ?? ''}`.trim());
  const parts = [
    ...(named.length > 0 ? [`set ${named.join(', ')}`] : []),
    ...(text(playbook) ? [`chose the playbook ${text(playbook)}`] : []),
  ];
  return parts.join(' and ') || 'applied';
};
const fields = (value: unknown): string => {
  const names = Array.isArray(value) ? value.map((name) => fieldWords[String(name)] ?? String(name)) : [];
  return names.length > 1 ? `${names.slice(0, -1).join(', ')} and ${names.at(-1)}` : (names[0] ?? 'it');
};

const countOf = (value: unknown): string =>
  typeof value === 'number' ? ` (${value === 1 ? '1 call' : `${value} calls`})` : '';
/** "ended the batch Refunds (failed): 11 of 12 calls succeeded, 1 failed" */
const batchEnd = ({ title, status, total, succeeded, failed, skipped }: Data): string => {
  const count = (value: unknown) => (typeof value === 'number' ? value : 0);
  const others = [
    ...(count(failed) > 0 ? [`${failed} failed`] : []),
    ...(count(skipped) > 0 ? [`${skipped} skipped`] : []),
  ].map((words) => `, ${words}`);
  return `ended the batch ${text(title) ?? ''} (${text(status) ?? 'ended'}): ${count(succeeded)} of ${count(total)} calls succeeded${others.join('')}`;
};

const words: Partial<Record<EventType, Words>> = {
  ExceptionCreated: {
    word: 'Opened',
    did: ({ assignee }) =>
      nameOf(assignee) ? `opened it and assigned it to ${nameOf(assignee)}` : 'opened it',
  },
  ExceptionUpdated: { word: 'Changed', did: ({ changed }) => `changed ${fields(changed)}` },
  ExceptionAssigned: {
    word: 'Assigned',
    did: ({ assignee }) => (nameOf(assignee) ? `assigned it to ${nameOf(assignee)}` : 'removed the assignee'),
  },
  ExceptionCommented: plain('Comment', 'commented'),
  EvidenceExported: plain('Evidence', 'downloaded the evidence'),
  ExceptionLinked: {
    word: 'Linked',
    did: ({ targetNumber }) =>
      typeof targetNumber === 'number' ? `linked ${exceptionLabel(targetNumber)}` : 'added a link',
  },
  ExceptionUnlinked: plain('Link removed', 'removed a link'),
  ExceptionAttachmentAdded: { word: 'File added', did: ({ name }) => `added ${text(name) ?? 'a file'}` },
  ExceptionAttachmentRemoved: {
    word: 'File removed',
    did: ({ name }) => `removed ${text(name) ?? 'a file'}`,
  },
  ExceptionResolved: {
    word: 'Resolved',
    did: ({ code }) => `resolved it${text(code) ? `: ${resolutionWord(String(code)).toLowerCase()}` : ''}`,
  },
  ExceptionReopened: plain('Reopened', 'reopened it'),
  ExceptionSeenAgain: {
    word: 'Seen again',
    did: ({ count }) =>
      typeof count === 'number' ? `reported it again (${count} times)` : 'reported it again',
  },
  ExceptionRuleApplied: { word: 'Rule applied', did: ruled },
  ExceptionRuleFailed: plain('Rule failed', 'failed'),
  PlaybookRunStarted: { word: 'Playbook started', did: (data) => `started ${playbookOf(data)}` },
  PlaybookRunPaused: { word: 'Playbook paused', did: (data) => `paused ${playbookOf(data)}` },
  PlaybookRunResumed: { word: 'Playbook resumed', did: (data) => `resumed ${playbookOf(data)}` },
  PlaybookRunPauseRequested: {
    word: 'Pause requested',
    did: (data) => `asked to pause ${playbookOf(data)}`,
  },
  PlaybookRunResumeRequested: {
    word: 'Resume requested',
    did: (data) => `asked to resume ${playbookOf(data)}`,
  },
  PlaybookRunCancelRequested: {
    word: 'Cancel requested',
    did: (data) => `requested to cancel ${playbookOf(data)}`,
  },
  PlaybookRunCompleted: { word: 'Playbook completed', did: (data) => `completed ${playbookOf(data)}` },
  PlaybookRunFailed: { word: 'Playbook failed', did: (data) => `reported that ${playbookOf(data)} failed` },
  PlaybookRunCancelled: { word: 'Playbook cancelled', did: (data) => `cancelled ${playbookOf(data)}` },
  PlaybookRunQuarantined: { word: 'Playbook quarantined', did: (data) => `quarantined ${playbookOf(data)}` },
  PlaybookRunReleased: { word: 'Playbook released', did: (data) => `released ${playbookOf(data)}` },
  PlaybookEventKept: {
    word: 'Event kept',
    did: ({ event }) => `sent the event ${text(event) ?? ''}; it is kept for its step`,
  },
  StepOpened: { word: 'Step opened', did: () => 'opened', tail: forAssignee },
  StepClaimed: {
    word: 'Step claimed',
    did: ({ takenFrom }) => (nameOf(takenFrom) ? 'took over' : 'claimed'),
    tail: ({ takenFrom }) => (nameOf(takenFrom) ? `from ${nameOf(takenFrom)}` : ''),
  },
  StepReleased: plain('Step released', 'released'),
  StepAssigned: { word: 'Step reassigned', did: () => 'reassigned', tail: toAssignee },
  StepReminded: plain('Reminder', 'sent a reminder for'),
  StepEscalated: { word: 'Escalated', did: () => 'escalated', tail: toAssignee },
  StepApproved: plain('Approval', 'approved'),
  StepApprovalWithdrawn: plain('Approval withdrawn', 'withdrew the approval of'),
  StepRejected: plain('Rejection', 'rejected'),
  StepStarted: plain('Step started', 'started'),
  StepCompleted: { word: 'Step completed', did: () => 'completed', tail: chosen },
  StepSkipped: plain('Step skipped', 'skipped'),
  StepReopened: plain('Step reopened', 'reopened'),
  StepFailed: plain('Step failed', 'failed to complete'),
  StepOutcomeUnknown: plain('Outcome unknown', 'could not determine the outcome of'),
  StepCompletionRefused: plain('Refused', 'was not allowed to complete'),
  BatchStarted: {
    word: 'Batch started',
    did: ({ title, total }) => `started the batch ${text(title) ?? ''}${countOf(total)}`,
  },
  BatchPaused: plain('Batch paused', 'paused a batch'),
  BatchResumed: plain('Batch resumed', 'resumed a batch'),
  BatchCancelRequested: plain('Batch cancelled', 'cancelled a batch'),
  BatchRetried: {
    word: 'Batch retried',
    did: ({ calls }) => `retried what failed in a batch${countOf(calls)}`,
  },
  BatchEnded: { word: 'Batch ended', did: batchEnd },
  NoticeSent: plain('Notice', 'sent a notice'),
  ToolExecutionRequested: plain('Tool executed', 'executed a tool'),
  ToolExecutionCompleted: plain('Tool succeeded', 'reported that a tool succeeded'),
  ToolExecutionFailed: plain('Tool failed', 'reported that a tool failed'),
  ToolExecutionQuarantined: plain('Tool quarantined', 'quarantined a tool call'),
  ToolExecutionReleased: plain('Tool released', 'released a tool call'),
  ToolExecutionSettled: plain('Outcome settled', 'settled the outcome of a tool'),
  ToolExecutionUndoRequested: {
    word: 'Undo requested',
    did: ({ toolName, undoTool }) =>
      `asked to undo ${text(toolName) ?? 'a tool'} by ${text(undoTool) ?? 'another'}`,
  },
  UndoStarted: { word: 'Undo started', did: (data) => `began to undo what ${sourceOf(data)} has done` },
  UndoContinued: {
    word: 'Undo continued',
    did: (data) => `continued to undo what ${sourceOf(data)} has done`,
  },
  UndoStopped: { word: 'Undo stopped', did: (data) => `stopped undoing what ${sourceOf(data)} has done` },
  UndoEnded: {
    word: 'Undo ended',
    did: (data) => `has undone what ${sourceOf(data)} has done${undoneOf(data)}`,
  },
};

const spaced = (type: string) => {
  const parts = type.replaceAll(/(?<=[a-z])(?=[A-Z])/g, ' ').toLowerCase();
  return parts.charAt(0).toUpperCase() + parts.slice(1);
};
const known = (type: string): Words | undefined => (words as Record<string, Words>)[type];

/** "Assigned"; the spaced name of a type that this page does not know yet. */
export const eventWord = (type: string): string => known(type)?.word ?? spaced(type);

/** Follows the person's name: "assigned it to Ben". For a step, its title comes next. */
export const eventDid = (type: string, data: Data): string =>
  known(type)?.did(data) ?? spaced(type).toLowerCase();

/** Follows the title of the step: "for any operator", ": refund". */
export const eventTail = (type: string, data: Data): string => known(type)?.tail?.(data) ?? '';

/** The reason, note or message that someone wrote. */
export const eventNote = (data: Data): string | undefined =>
  text(data.reason) ?? text(data.note) ?? text(data.message) ?? text(data.problem);
