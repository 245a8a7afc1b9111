import { z } from 'zod';
import { voteOutcomes } from '../executions/approval-schemas.ts';
import { previewSchema, shownCallSchema } from '../executions/preview-schemas.ts';
import { storableText } from '../platform/storable-text.ts';
import { exceptionRefSchema, executionItemSchema } from './inbox-schemas.ts';
import {
  assignStepInputSchema,
  completeStepInputSchema,
  coveredCallSchema,
  stepOutcomeSchema,
} from './run-schemas.ts';

/** The most steps of one request. */
export const mostAtOnce = 100;

/** A run has one id, whatever the case of its letters: else one step could be listed twice, or not be found to be alike. */
const stepRefSchema = z.object({ runId: z.string().max(128).toLowerCase(), stepId: z.string().max(128) });

/** Each once. @param what "a step" */
function listOf<Item extends z.ZodType>(item: Item, what: string, keyOf: (item: z.output<Item>) => string) {
  return z
    .array(item)
    .min(1)
    .max(mostAtOnce)
    .superRefine((items, context) => {
      const seen = new Set<string>();
      for (const [index, each] of items.entries()) {
        const key = keyOf(each);
        if (seen.has(key))
          context.addIssue({
            code: 'custom',
            path: [index],
            message: `names ${what} that is listed before`,
          });
        seen.add(key);
      }
    });
}

const stepsOf = <Item extends z.ZodType<z.output<typeof stepRefSchema>>>(item: Item) =>
  listOf(item, 'a step', ({ runId, stepId }) => `${runId}~${stepId}`);
const executionsOf = <Item extends z.ZodType<{ id: string }>>(item: Item) =>
  listOf(item, 'an execution', ({ id }) => id);

const items = stepsOf(stepRefSchema);

export const bulkStepsInputSchema = z.object({ items });
export const bulkClaimInputSchema = z.object({ items, takeOver: z.boolean().default(false) });
export const bulkAssignInputSchema = assignStepInputSchema.omit({ id: true, stepId: true }).extend({ items });

const completion = completeStepInputSchema.pick({ outcome: true, input: true, reason: true });

export const previewCompletionInputSchema = completion.extend({ items });
export const bulkCompleteInputSchema = completion.extend({
  items: stepsOf(stepRefSchema.extend({ digest: z.string().max(300) })),
  /** The same request sent again completes nothing twice, and gets the results again. */
  requestId: storableText.min(1).max(255),
});

/**
 * What became of one step or execution. `done`: as asked, or it was so before by the same request. `already_done`: someone else
 * completed or decided it. `changed`: it is not what the preview showed. `refused`: `message` says why. `not_sent`: nothing was done; the same
 * request may be sent again.
 */
export const bulkResults = ['done', 'already_done', 'changed', 'refused', 'not_sent'] as const;
export type BulkResult = (typeof bulkResults)[number];

const resultShape = {
  result: z.enum(bulkResults),
  /** Of the error; null when it was done. */
  code: z.string().nullable(),
  message: z.string().nullable(),
  /** Who completed or decided it, if it was someone else. */
  by: z.string().nullable(),
};

const bulkItemSchema = z.object({ runId: z.string(), stepId: z.string(), ...resultShape });
export type ItemResult = Omit<BulkItem, 'runId' | 'stepId'>;
export type BulkItem = z.infer<typeof bulkItemSchema>;

export const bulkResultSchema = z.object({ items: z.array(bulkItemSchema) });

/**
 * Why a step is left out. `not_found`, `not_alike`: it is not the same step of the same version of the playbook. `not_allowed`:
 * the caller may not complete it now. `by_itself`: what it does has to be looked at alone. `refused`: its request cannot be
 * sent as it is.
 */
export const leftOutReasons = ['not_found', 'not_alike', 'not_allowed', 'by_itself', 'refused'] as const;

const leftOutSchema = z.object({
  runId: z.string(),
  stepId: z.string(),
  title: z.string().nullable(),
  exception: exceptionRefSchema.nullable(),
  why: z.enum(leftOutReasons),
  message: z.string(),
});
export type LeftOut = z.infer<typeof leftOutSchema>;

const alikeStepSchema = z.object({
  runId: z.string(),
  stepId: z.string(),
  exception: exceptionRefSchema.nullable(),
  /** Of the step and of what would be sent; to be repeated by the completion. */
  digest: z.string(),
  /** The request of its call; null when it calls no tool. */
  preview: previewSchema.nullable(),
  /** Of an approval: the calls that it covers. */
  covers: z.array(coveredCallSchema).nullable(),
});
export type AlikeStep = z.infer<typeof alikeStepSchema>;

export const alikePreviewSchema = z.object({
  /** The step that all of them are; null when none is left. */
  step: z
    .object({
      id: z.string(),
      title: z.string(),
      type: z.string(),
      playbookTitle: z.string(),
      playbookVersion: z.int(),
      instructions: z.string(),
      outcomes: z.array(stepOutcomeSchema),
      /** The outcome that was previewed; null while one has to be chosen. */
      outcome: z.string().nullable(),
      /** JSON Schema of the input that all of them get; null where each sends its own. */
      form: z.record(z.string(), z.unknown()).nullable(),
    })
    .nullable(),
  items: z.array(alikeStepSchema),
  leftOut: z.array(leftOutSchema),
});
export type AlikePreview = z.infer<typeof alikePreviewSchema>;

const executionRefSchema = z.object({ id: z.string().max(128).toLowerCase() });

export const previewDecisionsInputSchema = z.object({ items: executionsOf(executionRefSchema) });
export const decideExecutionsInputSchema = z
  .object({
    items: executionsOf(executionRefSchema.extend({ digest: z.string().max(300) })),
    outcome: z.enum(voteOutcomes),
    /** A rejection needs one. */
    reason: storableText.trim().min(1).max(2000).optional(),
    /** The same request sent again counts no vote twice, and gets the results again. */
    requestId: storableText.min(1).max(255),
  })
  .refine(({ outcome, reason }) => outcome !== 'rejected' || reason !== undefined, {
    path: ['reason'],
    message: 'is required to reject',
  });

/** What one person is asked about one execution. */
const askedDecisionSchema = executionItemSchema.extend({
  /** Of what is asked; to be repeated by the decision. */
  digest: z.string(),
  /** The exact request that is sent once enough people have approved, with every secret replaced. */
  request: shownCallSchema,
});
export type AskedDecision = z.infer<typeof askedDecisionSchema>;

/**
 * Why an execution is left out. `not_found`; `ended`: it no longer waits; `not_allowed`: the caller may not decide it; `by_itself`: its
 * request is too large for a list.
 */
const undecidedSchema = z.object({
  id: z.string(),
  toolTitle: z.string().nullable(),
  exception: exceptionRefSchema.nullable(),
  why: z.enum(['not_found', 'ended', 'not_allowed', 'by_itself']),
  message: z.string(),
});
export type LeftUndecided = z.infer<typeof undecidedSchema>;

export const decisionsPreviewSchema = z.object({
  items: z.array(askedDecisionSchema),
  leftOut: z.array(undecidedSchema),
});
export type DecisionsPreview = z.infer<typeof decisionsPreviewSchema>;

const decidedItemSchema = z.object({ id: z.string(), ...resultShape });
export type DecidedItem = z.infer<typeof decidedItemSchema>;
export const decidedResultSchema = z.object({ items: z.array(decidedItemSchema) });
