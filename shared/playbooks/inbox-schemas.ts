import { z } from 'zod';
import { actorSchema } from '../identity/identity-schemas.ts';
import { pageInput } from '../platform/page-schemas.ts';
import { inboxSorts } from './inbox-sorts.ts';
import { stepViewSchema } from './run-schemas.ts';

const inboxFilterInput = {
  /** Of the exception. */
  severity: z.string().max(16).optional(),
  domain: z.string().max(64).optional(),
  /** Of the step, or `execution`. */
  type: z.string().max(64).optional(),
  exceptionId: z.uuid().optional(),
  /** Only what is overdue. */
  overdue: z.union([z.boolean(), z.stringbool()]).optional(),
  /** Part of the title of the step, the tool or the exception. */
  q: z.string().max(200).optional(),
};

/** The shapes of the inbox and of notices that tRPC, REST and the typed client share. */
export const inboxInputSchema = z.object({
  /** `mine`: assigned to me or claimed by me. `roles`: also those of my roles. `all`: those of everyone. */
  scope: z.enum(['mine', 'roles', 'all']).default('roles'),
  sort: z.enum(inboxSorts).default('due'),
  ...inboxFilterInput,
  ...pageInput,
});
export type InboxInput = z.output<typeof inboxInputSchema>;

const exceptionRefSchema = z.object({
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
    playbookTitle: z.string(),
    playbookVersion: z.int(),
    startedBy: actorSchema,
    paused: z.boolean(),
    total: z.int(),
  }),
  exception: exceptionRefSchema.nullable(),
});

/** An execution that people have to approve before it begins. */
const executionItemSchema = z.object({
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
