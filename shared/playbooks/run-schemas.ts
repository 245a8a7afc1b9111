import { z } from 'zod';
import { previewSchema, shownCallSchema } from '../executions/preview-schemas.ts';
import { actorSchema } from '../identity/identity-schemas.ts';
import { issueSchema, pageInput } from '../platform/page-schemas.ts';
import { storableText } from '../platform/storable-text.ts';
import { isoTimeSchema } from '../platform/time-schema.ts';
import { undoSeriesSchema } from '../undo/undo-schemas.ts';
import { runListStatuses, runStatuses, stepStates, stepStatuses } from './run-statuses.ts';

export {
  type RunStatus,
  runStatuses,
  type StepState,
  type StepStatus,
  stepStatuses,
} from './run-statuses.ts';

/** The shapes of runs and their steps that tRPC, REST and the typed client share. */
const time = z.string();

export const stepOutcomeSchema = z.object({
  id: z.string(),
  title: z.string(),
  needsReason: z.boolean(),
  takesInput: z.boolean(),
});

/** `body.amount`, `headers.x-region`, `tool version`; a value that did not exist is left out. */
const requestChangeSchema = z.object({
  path: z.string(),
  from: z.unknown().optional(),
  to: z.unknown().optional(),
});

export type RequestChange = z.infer<typeof requestChangeSchema>;

/** A call that an approval covers. */
export const coveredCallSchema = z.object({
  stepId: z.string(),
  title: z.string(),
  /** Binds the call to this request; null: the request is not known yet, and it is approved once it is. */
  digest: z.string().nullable(),
  preview: shownCallSchema.nullable(),
  /** Why the request is not known yet, and the problems of its input. */
  problem: z.string().nullable(),
  issues: z.array(issueSchema),
  changes: z.array(requestChangeSchema),
  /** What `changes` starts from: the request that was approved before, or the one that was shown first. */
  since: z.enum(['shown', 'approved']),
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
      /** What a vote is for; `previewDigest` of a completion can repeat it. Null: the approval covers no call. */
      digest: z.string().nullable(),
      given: z.array(
        z.object({ by: actorSchema, outcome: z.string(), reason: z.string().nullable(), at: time }),
      ),
      /** The caller has approved, and may still reject or withdraw that. */
      mayChange: z.boolean(),
    })
    .nullable(),
  /** Of an approval: the calls that it covers, with the exact requests. */
  covers: z.array(coveredCallSchema).nullable(),
  /** Of a wait. */
  waitsFor: z.object({ until: time.nullable(), event: z.string().nullable() }).nullable(),
  /** Its call waits until people approve it; left out otherwise. */
  callApproval: z
    .object({
      executionId: z.string(),
      required: z.int(),
      /** How many have approved. */
      approved: z.int(),
      /** "Any approver" */
      waitingOn: z.string(),
      reason: z.string(),
      expiresAt: time,
    })
    .optional(),
  outcome: z.string().nullable(),
  /**
   * Of a run with all its steps: why it does not come here. The condition of this step, or of one around it, was false, or
   * another option was chosen.
   */
  notTaken: z
    .object({
      stepId: z.string(),
      title: z.string(),
      /** The condition; null: an option. */
      when: z.string().nullable(),
      /** The option that was chosen instead. */
      chosen: z.string().nullable(),
    })
    .nullable(),
  /** Redacted. */
  output: z.unknown().optional(),
  reason: z.string().nullable(),
  failure: z.object({ code: z.string(), message: z.string() }).nullable(),
  executionIds: z.array(z.string()),
  /** The run that the step started. */
  childRunId: z.string().nullable(),
  /** The batch that the step started. */
  batchId: z.string().nullable(),
  completedBy: actorSchema.optional(),
  completedAt: time.optional(),
  /** Whether the caller may complete it; `mayNot` says why not. */
  mayComplete: z.boolean(),
  mayNot: z.string().nullable(),
  /** Whether the caller may claim it, or take it over: someone else's claim does not matter. */
  mayClaim: z.boolean(),
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
  /** It is paused because its work has ended the worker process twice, until someone releases it. */
  quarantined: z.object({ at: time, reason: z.string() }).nullable(),
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
  /** Its input and what its steps took and gave were removed then, as the organization's retention asks; null: they are kept. */
  payloadsRemovedAt: time.nullable(),
  steps: z.array(stepViewSchema),
  /** What has been or is being undone of it, newest first. */
  undo: z.array(undoSeriesSchema),
  /** Its workflow cannot go on before someone who runs Interlock acts. */
  stalled: z.object({ since: time, reason: z.string() }).nullable(),
  workflowId: z.string(),
  temporalUrl: z.string().nullable(),
});

export type RunView = z.infer<typeof runSchema>;

export const runListInputSchema = z.object({
  playbookId: z.string().optional(),
  version: z.coerce.number().int().min(1).max(2_147_483_647).optional(),
  /** Runs in which this step has opened. */
  stepId: z.string().max(64).optional(),
  stepState: z.enum(stepStates).optional(),
  /** Started at or after; with a step: the step opened. */
  from: isoTimeSchema.optional(),
  to: isoTimeSchema.optional(),
  exceptionId: z.string().optional(),
  status: z.enum(runListStatuses).optional(),
  /** Words in any order: of the playbook, who started it, its input and why it ended; or an id. */
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
  outcome: storableText.max(64).optional(),
  input: z.unknown().optional(),
  reason: storableText.trim().max(4096).optional(),
  /**
   * Refused with `preview_changed` when the tool's request is no longer the one that was previewed; of an approval, when
   * `approvals.digest` is another one.
   */
  previewDigest: z.string().max(128).optional(),
  /** A completion with the same id is accepted once. */
  requestId: storableText.min(1).max(255).optional(),
});

export const assignStepInputSchema = z.object({
  ...stepAddress,
  role: z.string().optional(),
  /** Email address of a member. */
  user: storableText.max(320).optional(),
  reason: storableText.trim().max(4096).optional(),
});

export const withdrawStepInputSchema = z.object({
  ...stepAddress,
  reason: storableText.trim().max(2000).optional(),
});

export const previewStepInputSchema = z.object({ ...stepAddress, input: z.unknown().optional() });

export const stepPreviewSchema = previewSchema;

/** `received`: the steps. `kept`: no step waits for it yet, but one may. */
export const sentEventSchema = z.object({ received: z.array(z.string()), kept: z.literal(true).optional() });

export const sendEventInputSchema = z.object({
  id: z.string(),
  name: z.string().min(1).max(64),
  data: z.unknown().optional(),
  requestId: storableText.min(1).max(255).optional(),
});
