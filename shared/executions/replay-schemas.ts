import { z } from 'zod';
import { valueDiffSchema } from '../platform/diff-json.ts';
import { issueSchema } from '../platform/page-schemas.ts';
import { executionStatuses } from './failure-codes.ts';

/** At once; a longer past is replayed in parts. */
export const maxReplayed = 1_000;
export const replayedByDefault = 50;

/**
 * `same`: the request and the outcome stay. `changed`: they differ, and nothing fails that succeeded. `would_break`: it would fail.
 * `not_recorded`: what is kept of it does not tell.
 */
export const replayVerdicts = ['would_break', 'changed', 'same', 'not_recorded'] as const;
export type ReplayVerdict = (typeof replayVerdicts)[number];

export const toolReplayInputSchema = z.object({
  id: z.string(),
  /** A version of the tool; without it and without a definition, the current one. */
  version: z.int().min(1).max(2_147_483_647).optional(),
  /** A definition that is not saved. */
  definition: z.record(z.string(), z.unknown()).optional(),
  executionId: z.uuid().optional(),
  /** Several. */
  executionIds: z.array(z.uuid()).min(1).max(maxReplayed).optional(),
  /** So many executions, the newest that have ended; left out: 50. */
  last: z.int().min(1).max(maxReplayed).optional(),
});
export type ToolReplayInput = z.output<typeof toolReplayInputSchema>;

/** What one execution would come to. Everything in it is redacted. */
export const replayedExecutionSchema = z.object({
  executionId: z.string(),
  createdAt: z.string(),
  /** The version that it was made with. */
  toolVersion: z.int(),
  /** How it ended. */
  status: z.enum(executionStatuses),
  verdict: z.enum(replayVerdicts),
  /** Why it would break, or what is not known; null: nothing to say. */
  reason: z.string().nullable(),
  /** Problems of the input or of the output. */
  issues: z.array(issueSchema),
  /** How the request differs; null: it does not, or is not known. */
  request: valueDiffSchema.nullable(),
  /** How the output differs; null: it does not, or is not known. */
  output: valueDiffSchema.nullable(),
});
export type ReplayedExecution = z.output<typeof replayedExecutionSchema>;

export const replayCountsSchema = z.object({
  would_break: z.int(),
  changed: z.int(),
  same: z.int(),
  not_recorded: z.int(),
});

export const toolReplaySchema = z.object({
  toolId: z.string(),
  /** Null: a definition that is not saved. */
  version: z.int().nullable(),
  counts: replayCountsSchema,
  /** Newest first. Left out of the last line of a stream. */
  items: z.array(replayedExecutionSchema),
});
export type ToolReplay = z.output<typeof toolReplaySchema>;
