import { z } from 'zod';
import { warningSchema } from '../platform/egress-rules.ts';
import { policyDecisionSchema } from '../policies/policy-schemas.ts';

/** Whether what a call does can be undone. */
export const undoableSchema = z.object({
  /** By its name; null: it cannot be undone, or does nothing. */
  tool: z.string().nullable(),
  /** From its end. Left out: at any time. */
  withinMs: z.int().optional(),
  /** What stays done. */
  cannot: z.string().optional(),
  /** All of it, for people. */
  words: z.string(),
});

export type Undoable = z.infer<typeof undoableSchema>;

/** A call as it would be sent, with every secret replaced. */
export const shownCallSchema = z.object({
  toolId: z.string(),
  toolVersion: z.int(),
  request: z.object({
    method: z.string(),
    url: z.string(),
    headers: z.record(z.string(), z.string()),
    body: z.unknown().optional(),
    bodyType: z.string().optional(),
  }),
  credential: z.object({ id: z.string(), name: z.string(), type: z.string() }).nullable(),
  timeoutMs: z.int(),
  deadlineMs: z.int(),
  maxAttempts: z.int(),
  /** Retry safety in words. The name is part of the contract. */
  repeatPolicy: z.string(),
  /** Left out where it was shown before undo existed. */
  undo: undoableSchema.optional(),
});

export type ShownCall = z.infer<typeof shownCallSchema>;

/** The exact request with every secret replaced; `digest` binds a later execution to it. */
export const previewSchema = z.object({
  digest: z.string(),
  ...shownCallSchema.shape,
  /** What the organization's policies say about it now; it is decided again when it is executed. */
  policy: policyDecisionSchema,
  warnings: z
    .array(warningSchema)
    .describe('Why it would not be sent as things are; empty when nothing is known'),
});

export type Preview = z.infer<typeof previewSchema>;
