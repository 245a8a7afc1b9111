import type { EventType } from '../../../../shared/events/event-types.ts';
import { exceptionLabel } from '../../../../shared/exceptions/exception-number.ts';
import { isObject } from '../../../../shared/platform/schema-properties.ts';
import { formatExactTime, formatList } from '../../../kit/format.ts';
import { roleWord } from '../../../shell/role-words.ts';
import { said } from '../../../words/said.ts';
import { counted, inSentence, t } from '../../../words/words.ts';
import { whoInSentence } from '../../playbooks/parts/playbook-words.ts';
import { resolutionWord, severityWords, statusWords } from './exception-words.ts';

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
  `${text(playbookTitle) ?? t('the playbook')}${typeof playbookVersion === 'number' ? ` v${playbookVersion}` : ''}`;
const sourceOf = ({ of }: Data) => (of === 'batch' ? t('a batch') : t('a playbook run'));
const undoneOf = ({ undone, total }: Data) =>
  typeof undone === 'number' && typeof total === 'number' ? t`: ${undone} of ${total}` : '';
const plain = (word: string, did: string): Words => ({ word, did: () => did });

const forAssignee = ({ user, role }: Data) => {
  const assignee = text(user) ?? (text(role) ? t`any ${roleWord(String(role))}` : undefined);
  return assignee ? t`for ${assignee}` : '';
};
const toAssignee = ({ to }: Data) => (text(to) ? t`to ${whoInSentence(text(to) ?? '')}` : '');
/** The outcome, unless the event's own words include it. */
const chosen = ({ outcome }: Data) =>
  text(outcome) && !['done', 'run', 'completed', 'approved'].includes(String(outcome))
    ? `: ${String(outcome).replaceAll('_', ' ')}`
    : '';

const fieldWords: Record<string, string> = {
  title: t('title'),
  description: t('description'),
  domain: t('domain'),
  severity: t('severity'),
  status: t('status'),
  attributes: t('attributes'),
  dueAt: t('due date'),
};
/** What a rule has set: "severity critical, assignee Ana". */
const ruled = ({ sets, severity, assignee, playbook }: Data): string => {
  const values: Data = { severity, assignee: nameOf(assignee) ?? assignee };
  const named = (Array.isArray(sets) ? sets : [])
    .filter((field) => field !== 'playbook')
    .map((field) => `${fieldWords[String(field)] ?? field} ${text(values[String(field)]) ?? ''}`.trim());
  const parts = [
    ...(named.length > 0 ? [t`set ${named.join(', ')}`] : []),
    ...(text(playbook) ? [t`chose the playbook ${text(playbook)}`] : []),
  ];
  return formatList(parts) || t('applied');
};
const fields = (value: unknown): string => {
  const names = Array.isArray(value) ? value.map((name) => fieldWords[String(name)] ?? String(name)) : [];
  return names.length > 0 ? formatList(names) : t('it');
};

const valueWords: Record<string, (value: string) => string> = {
  status: (value) => (statusWords as Data)[value] as string,
  severity: (value) => (severityWords as Data)[value] as string,
  dueAt: formatExactTime,
};
const shownValue = (field: string, value: unknown): string =>
  text(value) ? (valueWords[field]?.(String(value)) ?? String(value)) : t('none');

/** "status from Open to In progress and description" */
function changeWords(changes: unknown, changed: unknown): string {
  if (!isObject(changes) || !Array.isArray(changed)) return fields(changed);
  return formatList(
    changed.map((name) => {
      const field = String(name);
      const change = changes[field];
      const word = fieldWords[field] ?? field;
      return isObject(change)
        ? t`${word} from ${shownValue(field, change.from)} to ${shownValue(field, change.to)}`
        : word;
    }),
  );
}

/** "changed status from Open to In progress by starting Refund v3" */
function updated(data: Data): string {
  const what = changeWords(data.changes, data.changed);
  const because: Record<string, () => string> = {
    started: () => t`changed ${what} by starting ${playbookOf(data)}`,
    failed: () => t`changed ${what}, because ${playbookOf(data)} failed`,
    cancelled: () => t`changed ${what}, because ${playbookOf(data)} was cancelled`,
  };
  return because[String(data.run)]?.() ?? t`changed ${what}`;
}

function assigned({ assignee, from }: Data): string {
  const [to, before] = [nameOf(assignee), nameOf(from)];
  if (to) return before ? t`assigned it to ${to} instead of ${before}` : t`assigned it to ${to}`;
  return before ? t`removed the assignee ${before}` : t('removed the assignee');
}

function resolved(data: Data): string {
  const { code, changes, run } = data;
  if (run === 'completed') return t`resolved it, because ${playbookOf(data)} completed`;
  const how = text(code) ? inSentence(resolutionWord(String(code))) : undefined;
  const from = isObject(changes) && isObject(changes.status) ? text(changes.status.from) : undefined;
  const was = from && inSentence(shownValue('status', from));
  if (how) return was ? t`resolved it (it was ${was}): ${how}` : t`resolved it: ${how}`;
  return t('resolved it');
}

const countOf = (value: unknown): string =>
  typeof value === 'number' ? counted(value, ' (1 call)| ({0} calls)') : '';
/** "ended the batch Refunds (failed): 11 of 12 calls succeeded, 1 failed" */
const batchEnd = ({ title, status, total, succeeded, failed, skipped }: Data): string => {
  const count = (value: unknown) => (typeof value === 'number' ? value : 0);
  const others = [
    ...(count(failed) > 0 ? [t`${count(failed)} failed`] : []),
    ...(count(skipped) > 0 ? [t`${count(skipped)} skipped`] : []),
  ].map((words) => `, ${words}`);
  return t`ended the batch ${text(title) ?? ''} (${text(status) ?? t('ended')}): ${count(succeeded)} of ${count(total)} calls succeeded${others.join('')}`;
};

const words: Partial<Record<EventType, Words>> = {
  ExceptionCreated: {
    word: t('Opened'),
    did: ({ assignee }) =>
      nameOf(assignee) ? t`opened it and assigned it to ${nameOf(assignee)}` : t('opened it'),
  },
  ExceptionUpdated: { word: t('Changed'), did: updated },
  ExceptionAssigned: { word: t('Assigned'), did: assigned },
  ExceptionCommented: plain(t('Commented'), t('commented')),
  EvidenceExported: plain(t('Evidence'), t('downloaded the evidence')),
  ExceptionLinked: {
    word: t('Linked'),
    did: ({ targetNumber }) =>
      typeof targetNumber === 'number' ? t`linked ${exceptionLabel(targetNumber)}` : t('added a link'),
  },
  ExceptionUnlinked: plain(t('Link removed'), t('removed a link')),
  ExceptionAttachmentAdded: {
    word: t('File added'),
    did: ({ name }) => t`added ${text(name) ?? t('a file')}`,
  },
  ExceptionAttachmentRemoved: {
    word: t('File removed'),
    did: ({ name }) => t`removed ${text(name) ?? t('a file')}`,
  },
  ExceptionResolved: { word: t('Resolved'), did: resolved },
  ExceptionReopened: {
    word: t('Reopened'),
    did: ({ changes }) =>
      isObject(changes) ? t`reopened it: ${changeWords(changes, ['status'])}` : t('reopened it'),
  },
  ExceptionSeenAgain: {
    word: t('Seen again'),
    did: ({ count }) =>
      typeof count === 'number' ? t`reported it again (${count} times)` : t('reported it again'),
  },
  ExceptionRuleApplied: { word: t('Rule applied'), did: ruled },
  ExceptionRuleFailed: plain(t('Rule failed'), t('failed')),
  PlaybookRunStarted: { word: t('Playbook started'), did: (data) => t`started ${playbookOf(data)}` },
  PlaybookRunPaused: { word: t('Playbook paused'), did: (data) => t`paused ${playbookOf(data)}` },
  PlaybookRunResumed: { word: t('Playbook resumed'), did: (data) => t`resumed ${playbookOf(data)}` },
  PlaybookRunPauseRequested: {
    word: t('Pause requested'),
    did: (data) => t`asked to pause ${playbookOf(data)}`,
  },
  PlaybookRunResumeRequested: {
    word: t('Resume requested'),
    did: (data) => t`asked to resume ${playbookOf(data)}`,
  },
  PlaybookRunCancelRequested: {
    word: t('Cancel requested'),
    did: (data) => t`requested to cancel ${playbookOf(data)}`,
  },
  PlaybookRunCompleted: { word: t('Playbook completed'), did: (data) => t`completed ${playbookOf(data)}` },
  PlaybookRunFailed: {
    word: t('Playbook failed'),
    did: (data) => t`reported that ${playbookOf(data)} failed`,
  },
  PlaybookRunCancelled: { word: t('Playbook cancelled'), did: (data) => t`cancelled ${playbookOf(data)}` },
  PlaybookRunQuarantined: {
    word: t('Playbook quarantined'),
    did: (data) => t`quarantined ${playbookOf(data)}`,
  },
  PlaybookRunReleased: { word: t('Playbook released'), did: (data) => t`released ${playbookOf(data)}` },
  PlaybookEventKept: {
    word: t('Event kept'),
    did: ({ event }) => t`sent the event ${text(event) ?? ''}; it is kept for its step`,
  },
  StepOpened: { word: t('Step opened'), did: () => t('opened the step'), tail: forAssignee },
  StepClaimed: {
    word: t('Step claimed'),
    did: ({ takenFrom }) => (nameOf(takenFrom) ? t('took over') : t('claimed the step')),
    tail: ({ takenFrom }) => (nameOf(takenFrom) ? t`from ${nameOf(takenFrom)}` : ''),
  },
  StepReleased: plain(t('Step released'), t('released the step')),
  StepAssigned: { word: t('Step reassigned'), did: () => t('reassigned the step'), tail: toAssignee },
  StepReminded: plain(t('Reminder'), t('sent a reminder for')),
  StepEscalated: { word: t('Escalated'), did: () => t('escalated the step'), tail: toAssignee },
  StepApproved: plain(t('Approval'), t('approved the step')),
  StepApprovalWithdrawn: plain(t('Approval withdrawn'), t('withdrew the approval of')),
  StepRejected: plain(t('Rejection'), t('rejected the step')),
  StepStarted: plain(t('Step started'), t('started the step')),
  StepCompleted: { word: t('Step completed'), did: () => t('completed the step'), tail: chosen },
  StepSkipped: plain(t('Step skipped'), t('skipped the step')),
  StepReopened: plain(t('Step reopened'), t('reopened the step')),
  StepFailed: plain(t('Step failed'), t('failed to complete')),
  StepOutcomeUnknown: plain(t('Outcome unknown'), t('could not determine the outcome of')),
  StepCompletionRefused: plain(t('Refused'), t('was not allowed to complete')),
  BatchStarted: {
    word: t('Batch started'),
    did: ({ title, total }) => t`started the batch ${text(title) ?? ''}${countOf(total)}`,
  },
  BatchPaused: plain(t('Batch paused'), t('paused a batch')),
  BatchResumed: plain(t('Batch resumed'), t('resumed a batch')),
  BatchCancelRequested: plain(t('Batch cancelled'), t('cancelled a batch')),
  BatchRetried: {
    word: t('Batch retried'),
    did: ({ calls }) => t`retried what failed in a batch${countOf(calls)}`,
  },
  BatchEnded: { word: t('Batch ended'), did: batchEnd },
  NoticeSent: plain(t('Notice'), t('sent a notice')),
  ToolExecutionRequested: plain(t('Tool executed'), t('executed a tool')),
  ToolExecutionCompleted: plain(t('Tool succeeded'), t('reported that a tool succeeded')),
  ToolExecutionFailed: plain(t('Tool failed'), t('reported that a tool failed')),
  ToolExecutionQuarantined: plain(t('Tool quarantined'), t('quarantined a tool call')),
  ToolExecutionReleased: plain(t('Tool released'), t('released a tool call')),
  ToolExecutionSettled: plain(t('Outcome settled'), t('settled the outcome of a tool')),
  ToolExecutionUndoRequested: {
    word: t('Undo requested'),
    did: ({ toolName, undoTool }) =>
      t`asked to undo ${text(toolName) ?? t('a tool')} by ${text(undoTool) ?? t('another')}`,
  },
  UndoStarted: { word: t('Undo started'), did: (data) => t`began to undo what ${sourceOf(data)} has done` },
  UndoContinued: {
    word: t('Undo continued'),
    did: (data) => t`continued to undo what ${sourceOf(data)} has done`,
  },
  UndoStopped: { word: t('Undo stopped'), did: (data) => t`stopped undoing what ${sourceOf(data)} has done` },
  UndoEnded: {
    word: t('Undo ended'),
    did: (data) => t`has undone what ${sourceOf(data)} has done${undoneOf(data)}`,
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
  said(text(data.reason) ?? text(data.note) ?? text(data.message) ?? text(data.problem));
