import type { TailEvent } from '../../events/db/events.ts';
import { isSystem, type Permission } from '../../identity/roles.ts';
import { stepTypeVotes } from '../../playbooks/steps/registry.ts';
import type {
  CaseSubject,
  ExecutionSubject,
  OwnedSubject,
  StepSubject,
} from '../db/notification-subjects.ts';
import type { NotificationFacts, NotifyingEvent } from '../notification-facts.ts';
import type { NotificationKind } from '../notification-kinds.ts';

/** To whom: everyone who is one of these, and may see what it is about. */
export interface Addressees {
  ids?: (string | null)[];
  mailboxes?: (string | null)[];
  roles?: string[];
  /** Everyone who may do this. */
  permission?: Permission;
  /** Not this mailbox. */
  except?: string | null;
}

/** One thing to say about an event. */
export interface Saying {
  kind: NotificationKind;
  critical: boolean;
  facts: NotificationFacts;
  /** Below the page of the organization. */
  link: string;
  to: Addressees;
  /** What they need to see it. */
  needs: Permission;
  /** Its actor is the one in whose name it was done, who did nothing: they are notified too. */
  inNameOf?: true;
  /** It is about a message of ours: a tool that notifies of it would begin a loop. */
  noTools?: true;
}

/** What events are about, by id. */
export interface Subjects {
  execution: ReadonlyMap<string, ExecutionSubject>;
  step: ReadonlyMap<string, StepSubject>;
  run: ReadonlyMap<string, OwnedSubject>;
  batch: ReadonlyMap<string, OwnedSubject>;
  undo: ReadonlyMap<string, OwnedSubject & { sourceType: string; sourceId: string }>;
  schedule: ReadonlyMap<string, Pick<OwnedSubject, 'name' | 'ownerId'>>;
  exception: ReadonlyMap<string, CaseSubject>;
  webhook: ReadonlyMap<string, { name: string }>;
  /** By the id of the trial. */
  trial: ReadonlyMap<string, { ownerId: string }>;
}

const isCritical = ({ severity }: { severity: string | null }) => severity === 'critical';
const caseFacts = ({ number, severity }: { number: number | null; severity: string | null }) => ({
  ...(number !== null && { number }),
  ...(severity !== null && { severity }),
});
const textOf = (value: unknown): string | undefined => (typeof value === 'string' ? value : undefined);
const idOf = (value: unknown): string | null => textOf((value as { id?: unknown } | undefined)?.id) ?? null;
const idsIn = (value: unknown): string[] =>
  Array.isArray(value) ? value.filter((each) => typeof each === 'string') : [];
const numberOf = (value: unknown): number => Number(value ?? 0);

type Say = (event: TailEvent, subjects: Subjects) => Saying[];

const isOpen = ({ status }: StepSubject) => status === 'waiting' || status === 'outcome_unknown';

/** Those who can complete a step now. */
const whoCompletes = ({ claimedBy, users, roles }: StepSubject): Addressees =>
  claimedBy === null ? { mailboxes: users, roles } : { ids: [claimedBy] };

const aboutStep =
  (kind: NotificationKind): Say =>
  (event, { step }) => {
    const of = step.get(event.subjectId);
    // It was completed meanwhile, or waits for a time or another system.
    if (!of || !isOpen(of)) return [];
    const asks = kind === 'step_waiting' && stepTypeVotes(of.type);
    return [
      {
        kind: asks ? 'approval_asked' : kind,
        critical: isCritical(of),
        facts: { name: of.title, playbook: of.playbook, by: event.actor.name, ...caseFacts(of) },
        link: `/playbook-runs/${of.runId}?step=${encodeURIComponent(of.stepId)}`,
        to:
          kind === 'work_failed'
            ? withStarter(whoCompletes(of), of.starterId, of.starterPerson)
            : whoCompletes(of),
        needs: 'runs.read',
      },
    ];
  };

const withStarter = (to: Addressees, id: string, person: string | null): Addressees => ({
  ...to,
  ids: [...(to.ids ?? []), id],
  mailboxes: [...(to.mailboxes ?? []), person],
});

const aboutExecution: Say = (event, { execution }) => {
  const of = execution.get(event.subjectId);
  if (!of || of.isPart) return [];
  return [
    {
      kind: 'work_failed',
      critical: isCritical(of),
      facts: { name: of.title, code: textOf(event.data.code) ?? 'failed', ...caseFacts(of) },
      link: `/executions/${event.subjectId}`,
      to: { ids: [of.requesterId], mailboxes: [of.requesterPerson] },
      needs: 'executions.read',
      ...(of.isMessage && { noTools: true }),
    },
  ];
};

const aboutRun: Say = (event, { run }) => {
  const of = run.get(event.subjectId);
  // The run that it is a part of says so.
  if (!of || of.isPart) return [];
  return [
    {
      kind: 'work_failed',
      critical: isCritical(of),
      facts: { name: of.name, ...caseFacts(of) },
      link: `/playbook-runs/${event.subjectId}`,
      to: { ids: [of.ownerId], mailboxes: [of.ownerPerson] },
      needs: 'runs.read',
    },
  ];
};

const aboutBatch: Say = (event, { batch }) => {
  const of = batch.get(event.subjectId);
  const isProblem = event.type === 'BatchEnded' ? event.data.status === 'failed' : isSystem(event.actor);
  if (!of || of.isPart || !isProblem) return [];
  return [
    {
      kind: 'work_failed',
      critical: isCritical(of),
      facts: { name: of.name, count: numberOf(event.data.failed), ...caseFacts(of) },
      link: `/batches/${event.subjectId}`,
      to: { ids: [of.ownerId] },
      needs: 'executions.read',
      inNameOf: true,
    },
  ];
};

const aboutSchedule: Say = (event, { schedule }) => {
  const of = schedule.get(event.subjectId);
  const isPaused = event.type === 'SchedulePaused';
  if (!of || (event.type === 'ScheduleRunEnded' && event.data.status !== 'failed')) return [];
  return [
    {
      kind: 'integration_health',
      critical: false,
      facts: { name: of.name },
      link: `/schedules/${event.subjectId}`,
      to: {
        ids: [of.ownerId],
        // Its owner may have left.
        ...(isPaused && isSystem(event.actor) && { permission: 'schedules.assign' }),
      },
      needs: 'schedules.read',
      ...(!isPaused && { inNameOf: true }),
    },
  ];
};

/** Those who can mend it. */
const aboutHealth =
  (permission: Permission, link: (event: TailEvent) => string): Say =>
  (event, { webhook }) => {
    const name =
      textOf(event.data.name) ??
      textOf(event.data.host) ??
      webhook.get(event.subjectId)?.name ??
      event.subjectId;
    return [
      {
        kind: 'integration_health',
        critical: false,
        facts: { name, count: numberOf(event.data.daysLeft) },
        link: link(event),
        to: { permission },
        needs: permission,
      },
    ];
  };
const credential = aboutHealth('credentials.write', ({ subjectId }) => `/settings/credentials/${subjectId}`);

const caseLink = ({ subjectId }: TailEvent) => `/exceptions/${subjectId}`;

/** What is said about each event. */
export const sayings: Record<NotifyingEvent, Say> = {
  ToolExecutionApprovalRequested: (event, { execution }) => {
    const of = execution.get(event.subjectId);
    if (!of?.isWaiting) return [];
    return [
      {
        kind: 'approval_asked',
        critical: isCritical(of),
        facts: { name: of.title, by: event.actor.name, ...caseFacts(of) },
        link: `/executions/${event.subjectId}`,
        to: { roles: of.roles, except: of.fourEyes ? of.requesterPerson : null },
        needs: 'executions.decide',
        ...(of.isMessage && { noTools: true }),
      },
    ];
  },
  ToolExecutionFailed: aboutExecution,
  ToolExecutionQuarantined: aboutExecution,
  StepOpened: aboutStep('step_waiting'),
  StepReopened: aboutStep('step_waiting'),
  StepReleased: aboutStep('step_waiting'),
  StepAssigned: aboutStep('step_waiting'),
  StepReminded: aboutStep('step_overdue'),
  StepEscalated: aboutStep('step_overdue'),
  StepFailed: aboutStep('work_failed'),
  StepOutcomeUnknown: aboutStep('work_failed'),
  PlaybookRunFailed: aboutRun,
  PlaybookRunQuarantined: aboutRun,
  NoticeSent: (event, { step }) => {
    const of = step.get(event.subjectId);
    if (!of) return [];
    return [
      {
        kind: 'playbook_message',
        critical: isCritical(of),
        facts: { name: of.playbook, ...caseFacts(of) },
        link: `/playbook-runs/${of.runId}?step=${encodeURIComponent(of.stepId)}`,
        to: { mailboxes: [of.toUser], roles: of.toRole === null ? [] : [of.toRole] },
        needs: 'runs.read',
      },
    ];
  },
  BatchPaused: aboutBatch,
  BatchEnded: aboutBatch,
  UndoStopped: (event, { undo }) => {
    const of = undo.get(event.subjectId);
    if (!of) return [];
    return [
      {
        kind: 'work_failed',
        critical: isCritical(of),
        facts: caseFacts(of),
        link: `/${of.sourceType === 'batch' ? 'batches' : 'playbook-runs'}/${of.sourceId}`,
        to: { ids: [of.ownerId] },
        needs: 'executions.read',
        inNameOf: true,
      },
    ];
  },
  ExceptionCreated: (event, { exception }) => {
    const of = exception.get(event.subjectId);
    if (!of) return [];
    const saying = {
      critical: isCritical(of),
      facts: caseFacts(of),
      link: caseLink(event),
      needs: 'exceptions.read',
    } as const;
    const byPerson = isSystem(event.actor) ? {} : { by: event.actor.name };
    const assigned: Saying = {
      ...saying,
      kind: 'case_assigned',
      facts: { ...saying.facts, ...byPerson },
      // Who got it later is notified of that.
      to: { ids: [idOf(event.data.assignee) === of.assigneeId ? of.assigneeId : null] },
    };
    const opened = { critical: 'case_critical', high: 'case_high' } as const;
    const kind = of.severity === 'critical' || of.severity === 'high' ? opened[of.severity] : null;
    return [
      assigned,
      ...(kind ? [{ ...saying, kind, to: { permission: 'exceptions.write' as const } }] : []),
    ];
  },
  ExceptionAssigned: (event, { exception }) => {
    const of = exception.get(event.subjectId);
    if (!of) return [];
    return [
      {
        kind: 'case_assigned',
        critical: isCritical(of),
        facts: { by: event.actor.name, ...caseFacts(of) },
        link: caseLink(event),
        to: { ids: [of.assigneeId] },
        needs: 'exceptions.read',
      },
    ];
  },
  ExceptionCommented: (event, { exception }) => {
    const of = exception.get(event.subjectId);
    if (!of) return [];
    const facts = { by: event.actor.name, ...caseFacts(of) };
    const saying = { critical: false, link: caseLink(event), needs: 'exceptions.read' } as const;
    return [
      {
        ...saying,
        kind: 'mentioned',
        facts: { ...facts, named: true },
        to: { ids: idsIn(event.data.mentions) },
      },
      { ...saying, kind: 'case_commented', facts, to: { ids: of.followers } },
    ];
  },
  CredentialExpiring: credential,
  CredentialExpired: credential,
  CredentialRefused: credential,
  BreakerOpened: aboutHealth('limits.write', () => '/settings/limits'),
  WebhookEndpointUpdated: (event, subjects) =>
    event.data.enabled === false && isSystem(event.actor)
      ? aboutHealth('webhooks.write', () => '/settings/webhooks')(event, subjects)
      : [],
  InboundDeliveryFailed: aboutHealth(
    'inbound_webhooks.write',
    ({ subjectId }) => `/settings/inbound-webhooks/${subjectId}`,
  ),
  SchedulePaused: aboutSchedule,
  ScheduleFireRefused: aboutSchedule,
  ScheduleRunEnded: aboutSchedule,
  TrialStopped: (event, { trial }) => {
    const of = trial.get(textOf(event.data.trialId) ?? '');
    if (!of) return [];
    return [
      {
        kind: 'trial_stopped',
        critical: false,
        facts: { name: textOf(event.data.name) ?? 'a tool', version: numberOf(event.data.candidate) },
        link: `/tools/${event.subjectId}?tab=trial`,
        to: { ids: [of.ownerId] },
        needs: 'tools.read',
      },
    ];
  },
  AuditSealBroken: () => [
    {
      kind: 'audit_broken',
      critical: true,
      facts: {},
      link: '/audit',
      to: { permission: 'audit.read' },
      needs: 'audit.read',
    },
  ],
};
