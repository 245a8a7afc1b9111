import { z } from 'zod';
import { actorSchema } from '../identity/identity-schemas.ts';
import { issueSchema } from '../platform/page-schemas.ts';

/** The shapes of playbooks that tRPC, REST and the typed client share. */
const time = z.string();

const document = z.record(z.string(), z.unknown());

const head = {
  id: z.string(),
  name: z.string(),
  title: z.string(),
  description: z.string(),
  /** `draft`: never published. */
  status: z.enum(['draft', 'published']),
  /** Of the published version; null before the first. */
  version: z.int().nullable(),
};

export const playbookSummarySchema = z.object({
  ...head,
  hasDraft: z.boolean(),
  steps: z.int(),
  openRuns: z.int(),
  runs30d: z.int(),
  updatedAt: time,
});

export type PlaybookSummary = z.infer<typeof playbookSummarySchema>;

/** A playbook: its published document and its draft, if it has one. */
export const playbookViewSchema = z.object({
  ...head,
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
  /** The calls that each approval covers. Not `known`: when it opens, their input depends on steps that come later. */
  covers: z.array(
    z.object({
      stepId: z.string(),
      calls: z.array(z.object({ stepId: z.string(), known: z.boolean() })),
    }),
  ),
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
      /** How it ends, where that is known. */
      outcome: z.string().optional(),
      /** The input of a call, redacted, and its problems. */
      input: z.unknown(),
      issues: z.array(issueSchema),
    }),
  ),
});

/** What a new version of a tool would break. */
/** Who calls a tool, in this tenant. */
export const toolUsesSchema = z.object({
  playbooks: z.array(
    z.object({
      id: z.string(),
      name: z.string(),
      title: z.string(),
      version: z.int(),
      stepIds: z.array(z.string()),
    }),
  ),
  /** Open steps of runs, also of older versions. */
  waitingSteps: z.array(
    z.object({
      runId: z.string(),
      stepId: z.string(),
      title: z.string(),
      exceptionId: z.string().nullable(),
    }),
  ),
  /** Tools whose executions it undoes. */
  undoes: z.array(z.object({ id: z.string(), name: z.string(), title: z.string() })),
  /** How many other organizations use a global tool. */
  organizationsElsewhere: z.int(),
});

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
