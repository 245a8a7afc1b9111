import { z } from 'zod';
import { actorSchema } from '../identity/identity-schemas.ts';
import { pageInput } from '../platform/page-schemas.ts';
import { inboxGroupings, inboxSorts } from './inbox-sorts.ts';
import { stepViewSchema } from './run-schemas.ts';

const inboxFilterInput = {
  /** Of the exception. */
  severity: z.string().max(16).optional(),
  domain: z.string().max(64).optional(),
  /** Of the step, or `execution`. */
  type: z.string().max(64).optional(),
  exceptionId: z.uuid().optional(),
  playbookId: z.uuid().optional(),
  /** Only what is overdue. */
  overdue: z.union([z.boolean(), z.stringbool()]).optional(),
  /** Part of the title of the step, the tool or the exception. */
  q: z.string().max(200).optional(),
};

/**
 * `todo`: of `roles`, what I can do now: not claimed by others, not paused, and not what someone else has to approve. `mine`:
 * assigned to me or claimed by me. `roles`: also those of my roles. `all`: those of everyone.
 */
const scopeSchema = z.enum(['todo', 'mine', 'roles', 'all']).default('roles');

/** The shapes of the inbox and of notices that tRPC, REST and the typed client share. */
export const inboxInputSchema = z.object({
  scope: scopeSchema,
  sort: z.enum(inboxSorts).default('due'),
  /** What is in one group follows each other; within it, as `sort` says. */
  group: z.enum(inboxGroupings).optional(),
  /** Keys of groups to leave out, separated by commas. */
  without: z.string().max(8000).optional(),
  ...inboxFilterInput,
  ...pageInput,
});

export const inboxGroupsInputSchema = z.object({
  scope: scopeSchema,
  group: z.enum(inboxGroupings).default('severity'),
  ...inboxFilterInput,
});
export type InboxGroupsInput = z.output<typeof inboxGroupsInputSchema>;

/** A group of the inbox, in the order of the list. */
export const inboxGroupSchema = z.object({
  /**
   * The id of the exception or the playbook, the severity, the type, or how long it has waited: `week` (for more than one), `day`
   * or `new`. `none`: what belongs to none.
   */
  key: z.string(),
  /** Of the exception or the playbook; null where the key says it. */
  label: z.string().nullable(),
  count: z.int(),
  overdue: z.int(),
});
export type InboxGroup = z.infer<typeof inboxGroupSchema>;
export type InboxInput = z.output<typeof inboxInputSchema>;

export const exceptionRefSchema = z.object({
  id: z.string(),
  number: z.int(),
  title: z.string(),
  severity: z.string(),
  domain: z.string(),
});

/** A step that waits for people. */
const stepItemSchema = z.object({
  step: stepViewSchema,
  run: z.object({
    id: z.string(),
    playbookId: z.string(),
    playbookTitle: z.string(),
    playbookVersion: z.int(),
    startedBy: actorSchema,
    paused: z.boolean(),
    total: z.int(),
  }),
  exception: exceptionRefSchema.nullable(),
});

/** An execution that people have to approve before it begins. */
export const executionItemSchema = z.object({
  execution: z.object({
    id: z.string(),
    toolId: z.string(),
    toolName: z.string(),
    toolTitle: z.string(),
    toolVersion: z.int(),
    /** Who asked. */
    actor: actorSchema,
    createdAt: z.string(),
    /** When the approval expires. */
    dueAt: z.string(),
    /** Why it needs an approval. */
    reason: z.string(),
    required: z.int(),
    /** How many have approved. */
    approved: z.int(),
    /** "Any approver" */
    waitingOn: z.string(),
  }),
  exception: exceptionRefSchema.nullable(),
});

export const inboxItemSchema = z.union([stepItemSchema, executionItemSchema]);

export type InboxItem = z.infer<typeof inboxItemSchema>;

export const noticeSchema = z.object({
  id: z.string(),
  kind: z.enum(['notify', 'reminder', 'escalation', 'taken_over']),
  text: z.string(),
  exceptionId: z.string().nullable(),
  runId: z.string().nullable(),
  stepId: z.string().nullable(),
  /** The credential that it is about, which is about to expire. */
  credentialId: z.string().nullable(),
  /** The tool that it is about: a trial of it has stopped. */
  toolId: z.string().nullable(),
  /** The schedule that it is about. */
  scheduleId: z.string().nullable(),
  unread: z.boolean(),
  createdAt: z.string(),
});
