import { z } from 'zod';
import { previewSchema } from '../executions/execution-schemas.ts';
import { actorSchema } from '../identity/identity-schemas.ts';
import { issueSchema, pageInput } from '../platform/page-schemas.ts';

/** The shapes of playbooks and their runs that tRPC, REST and the typed client share. */
const time = z.string();

const document = z.record(z.string(), z.unknown());

export const playbookSummarySchema = z.object({
  id: z.string(),
  name: z.string(),
  title: z.string(),
  description: z.string(),
  /** `draft`: never published. */
  status: z.enum(['draft', 'published']),
  /** Of the published version; null before the first. */
  version: z.int().nullable(),
  hasDraft: z.boolean(),
  steps: z.int(),
  openRuns: z.int(),
  runs30d: z.int(),
  updatedAt: time,
});

/** A playbook: its published document and its draft, if it has one. */
export const playbookViewSchema = z.object({
  id: z.string(),
  name: z.string(),
  title: z.string(),
  description: z.string(),
  status: z.enum(['draft', 'published']),
  version: z.int().nullable(),
  document: document.nullable(),
  draft: document.nullable(),
  draftRevision: z.int(),
  /** Problems that keep the draft from being published. */
  issues: z.array(issueSchema),
  openRuns: z.int(),
  createdAt: time,
  createdBy: actorSchema,
  updatedAt: time,
});

export type PlaybookView = z.infer<typeof playbookViewSchema>;

export const playbookVersionViewSchema = z.object({
  playbookId: z.string(),
  version: z.int(),
  current: z.boolean(),
  document,
  note: z.string().nullable(),
  createdAt: time,
  createdBy: actorSchema,
});

export const playbookChangeSchema = z.object({
  path: z.string(),
  kind: z.enum(['added', 'removed', 'changed', 'moved']),
  message: z.string(),
  stepId: z.string().nullable(),
});

/** What publishing would do: the changes, and the open runs, which stay on their version. */
export const publishPlanSchema = z.object({
  issues: z.array(issueSchema),
  fromVersion: z.int().nullable(),
  toVersion: z.int(),
  changes: z.array(playbookChangeSchema),
  before: document.nullable(),
  after: document,
  runs: z.array(
    z.object({
      id: z.string(),
      version: z.int(),
      exceptionId: z.string().nullable(),
      currentSteps: z.array(z.string()),
    }),
  ),
});

/** The result of a dry run, by step. Nothing is called and nothing is stored. */
export const dryRunSchema = z.object({
  steps: z.array(
    z.object({
      stepId: z.string(),
      title: z.string(),
      type: z.string(),
      result: z.enum(['would_wait', 'would_skip', 'would_run', 'unknown']),
      /** "Waits for any operator", "Skipped: its condition is not met". */
      message: z.string(),
      /** The input of a call, redacted, and its problems. */
      input: z.unknown(),
      issues: z.array(issueSchema),
    }),
  ),
});

/** What a new version of a tool would break. */
export const blastRadiusSchema = z.object({
  playbooks: z.array(
    z.object({
      playbookId: z.string(),
      name: z.string(),
      title: z.string(),
      version: z.int().nullable(),
      stepId: z.string(),
      stepTitle: z.string(),
      issues: z.array(issueSchema),
    }),
  ),
  waitingSteps: z.array(
    z.object({
      runId: z.string(),
      stepId: z.string(),
      title: z.string(),
      exceptionId: z.string().nullable(),
      issues: z.array(issueSchema),
    }),
  ),
  /** The last inputs that were executed. Redacted fields are not checked. */
  storedInputs: z.object({
    checked: z.int(),
    failing: z.array(z.object({ executionId: z.string(), issues: z.array(issueSchema) })),
  }),
});

export const runStatuses = ['running', 'waiting', 'completed', 'failed', 'cancelled'] as const;

export type RunStatus = (typeof runStatuses)[number];

export const stepStatuses = [
  'pending',
  'waiting',
  'running',
  'completed',
  'failed',
  'skipped',
  'outcome_unknown',
] as const;

export type StepStatus = (typeof stepStatuses)[number];

export const stepOutcomeSchema = z.object({
  id: z.string(),
  title: z.string(),
  needsReason: z.boolean(),
  takesInput: z.boolean(),
});

export const assigneeViewSchema = z.object({ role: z.string().optional(), user: z.string().optional() });

/** One step of a run, reached or not. */
export const stepViewSchema = z.object({
  id: z.string(),
  runId: z.string(),
  type: z.string(),
  title: z.string(),
  /** 1, 2, … of `run.steps`. */
  number: z.int(),
  /** The steps around it, outermost first, each with the branch or option that contains it. */
  inside: z.array(z.object({ stepId: z.string(), groupId: z.string() })),
  status: z.enum(stepStatuses),
  /** Markdown. */
  instructions: z.string(),
  assignee: assigneeViewSchema.nullable(),
  /** "Ana", "Any approver". */
  waitingOn: z.string().nullable(),
  claimedBy: z.object({ id: z.string(), name: z.string(), at: time }).nullable(),
  openedAt: time.nullable(),
  dueAt: time.nullable(),
  reminded: z.int(),
  escalated: z.int(),
  /** How it can be completed now; empty when it cannot. */
  outcomes: z.array(stepOutcomeSchema),
  /** JSON Schema of the input that completing takes. */
  form: z.record(z.string(), z.unknown()).nullable(),
  /** The resolved input of a call, redacted, and its problems. */
  input: z.unknown(),
  issues: z.array(issueSchema),
  tool: z.object({ id: z.string(), name: z.string(), title: z.string(), version: z.int() }).nullable(),
  /** Of an approval. */
  approvals: z
    .object({
      required: z.int(),
      given: z.array(
        z.object({ by: actorSchema, outcome: z.string(), reason: z.string().nullable(), at: time }),
      ),
    })
    .nullable(),
  /** Of a wait. */
  waitsFor: z.object({ until: time.nullable(), event: z.string().nullable() }).nullable(),
  outcome: z.string().nullable(),
  /** Redacted. */
  output: z.unknown().optional(),
  reason: z.string().nullable(),
  failure: z.object({ code: z.string(), message: z.string() }).nullable(),
  executionIds: z.array(z.string()),
  /** The run that the step started. */
  childRunId: z.string().nullable(),
  completedBy: actorSchema.optional(),
  completedAt: time.optional(),
  /** Whether the caller may complete it; `mayNot` says why not. */
  mayComplete: z.boolean(),
  mayNot: z.string().nullable(),
});

export type StepView = z.infer<typeof stepViewSchema>;

const runFields = {
  id: z.string(),
  playbookId: z.string(),
  playbookName: z.string(),
  playbookTitle: z.string(),
  playbookVersion: z.int(),
  exceptionId: z.string().nullable(),
  exception: z.object({ id: z.string(), number: z.int(), title: z.string() }).nullable(),
  parentRunId: z.string().nullable(),
  status: z.enum(runStatuses),
  /** Why it failed or was cancelled. */
  reason: z.string().nullable(),
  paused: z.object({ at: time, by: z.string(), reason: z.string().nullable() }).nullable(),
  /** Ids of the steps that are waiting or running. */
  currentSteps: z.array(z.string()),
  waitingOn: z.string().nullable(),
  progress: z.object({ done: z.int(), total: z.int() }),
  startedBy: actorSchema,
  createdAt: time,
  completedAt: time.nullable(),
};

export const runSummarySchema = z.object(runFields);

export type RunSummary = z.infer<typeof runSummarySchema>;

export const runSchema = z.object({
  ...runFields,
  /** Redacted. */
  input: z.unknown(),
  steps: z.array(stepViewSchema),
  workflowId: z.string(),
  temporalUrl: z.string().nullable(),
});

export type RunView = z.infer<typeof runSchema>;

export const runListInputSchema = z.object({
  playbookId: z.string().optional(),
  exceptionId: z.string().optional(),
  status: z.enum([...runStatuses, 'open']).optional(),
  q: z.string().max(200).optional(),
  ...pageInput,
});

export const startRunInputSchema = z.object({
  /** The id or the name of a published playbook. */
  playbookId: z.string().min(1).max(128),
  exceptionId: z.string().max(128).optional(),
  input: z.unknown().optional(),
  idempotencyKey: z.string().min(1).max(255).optional(),
});

const stepAddress = { id: z.string(), stepId: z.string() };

export const completeStepInputSchema = z.object({
  ...stepAddress,
  /** One of the step's `outcomes`. Steps that need no decision have a default. */
  outcome: z.string().max(64).optional(),
  input: z.unknown().optional(),
  reason: z.string().trim().max(4096).optional(),
  /** Refused with `preview_changed` when the tool's request is no longer the one that was previewed. */
  previewDigest: z.string().max(128).optional(),
  /** A completion with the same id is accepted once. */
  requestId: z.string().min(1).max(255).optional(),
});

export const assignStepInputSchema = z.object({
  ...stepAddress,
  role: z.string().optional(),
  /** Email address of a member. */
  user: z.string().max(320).optional(),
  reason: z.string().trim().max(4096).optional(),
});

export const previewStepInputSchema = z.object({ ...stepAddress, input: z.unknown().optional() });

export const stepPreviewSchema = previewSchema;

export const sendEventInputSchema = z.object({
  id: z.string(),
  name: z.string().min(1).max(64),
  data: z.unknown().optional(),
  requestId: z.string().min(1).max(255).optional(),
});

export const inboxInputSchema = z.object({
  /** `mine`: assigned to me or claimed by me. `roles`: also those of my roles. `all`: those of everyone. */
  scope: z.enum(['mine', 'roles', 'all']).default('roles'),
  ...pageInput,
});

export const inboxItemSchema = z.object({
  step: stepViewSchema,
  run: z.object({
    id: z.string(),
    playbookTitle: z.string(),
    playbookVersion: z.int(),
    startedBy: actorSchema,
    paused: z.boolean(),
    total: z.int(),
  }),
  exception: z
    .object({
      id: z.string(),
      number: z.int(),
      title: z.string(),
      severity: z.string(),
      domain: z.string(),
    })
    .nullable(),
});

export type InboxItem = z.infer<typeof inboxItemSchema>;

export const noticeSchema = z.object({
  id: z.string(),
  kind: z.enum(['notify', 'reminder', 'escalation']),
  text: z.string(),
  exceptionId: z.string().nullable(),
  runId: z.string().nullable(),
  stepId: z.string().nullable(),
  unread: z.boolean(),
  createdAt: time,
});
