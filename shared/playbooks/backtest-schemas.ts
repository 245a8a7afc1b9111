import { z } from 'zod';
import { issueSchema } from '../platform/page-schemas.ts';
import { isoTimeSchema } from '../platform/time-schema.ts';
import { runStatuses } from './run-schemas.ts';

export const maxBacktested = 500;
export const backtestedByDefault = 50;

/**
 * `same`: it takes the path that was taken. `differs`: another one. `would_break`: an input does not validate, or a step cannot
 * be opened. `unknown`: the path depends on what no one has answered. `not_recorded`: there is nothing to compare with.
 */
export const backtestVerdicts = ['would_break', 'differs', 'same', 'unknown', 'not_recorded'] as const;
export type BacktestVerdict = (typeof backtestVerdicts)[number];

export const backtestInputSchema = z.object({
  id: z.string(),
  /** A document that is not saved. */
  definition: z.record(z.string(), z.unknown()).optional(),
  /** A published version. Without it and without a definition: the draft, else the published version. */
  version: z.int().min(1).max(2_147_483_647).optional(),
  /** Cases that began at this time or later. */
  from: isoTimeSchema.optional(),
  /** Cases that began before this time. */
  to: isoTimeSchema.optional(),
  limit: z.int().min(1).max(maxBacktested).default(backtestedByDefault),
});
export type BacktestInput = z.output<typeof backtestInputSchema>;

const comparedStepSchema = z.object({
  stepId: z.string(),
  title: z.string(),
  type: z.string(),
  happened: z.enum(['reached', 'skipped', 'not_reached']),
  /** `removed`: the definition has no such step. */
  would: z.enum(['reached', 'skipped', 'unknown', 'removed']),
  /** It did not exist then. */
  isNew: z.boolean(),
  /** Whether the two differ. */
  differs: z.boolean(),
  /** "Waits for any approver", "Skipped: its condition is not met". */
  message: z.string(),
  issues: z.array(issueSchema),
});
export type ComparedStep = z.output<typeof comparedStepSchema>;

export const backtestedCaseSchema = z.object({
  /** Null: an exception that a trigger fits, without a run. */
  runId: z.string().nullable(),
  runStatus: z.enum(runStatuses).nullable(),
  playbookVersion: z.int().nullable(),
  exception: z.object({ id: z.string(), number: z.int(), title: z.string() }).nullable(),
  startedAt: z.string(),
  verdict: z.enum(backtestVerdicts),
  reason: z.string().nullable(),
  /** The first step that differs or would break. */
  differsAt: z.string().nullable(),
  /** The ids of the steps that it reached, and would reach. */
  path: z.object({ happened: z.array(z.string()), would: z.array(z.string()) }),
  /** Those of them that ask for an approval. */
  approvals: z.object({ happened: z.array(z.string()), would: z.array(z.string()) }),
  /** Those that differ, are new, or have a problem. */
  steps: z.array(comparedStepSchema),
});
export type BacktestedCase = z.output<typeof backtestedCaseSchema>;

export const backtestSchema = z.object({
  playbookId: z.string(),
  /** Null: a definition or a draft. */
  version: z.int().nullable(),
  counts: z.object({
    would_break: z.int(),
    differs: z.int(),
    same: z.int(),
    unknown: z.int(),
    not_recorded: z.int(),
  }),
  /** Newest first. Left out of the last line of a stream. */
  items: z.array(backtestedCaseSchema),
});
export type Backtest = z.output<typeof backtestSchema>;
