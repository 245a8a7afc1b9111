import { z } from 'zod';
import { failureCodes } from '../executions/failure-codes.ts';
import { actorSchema } from '../identity/identity-schemas.ts';

export const trialStatuses = ['running', 'promoted', 'stopped', 'stopped_automatically'] as const;
export type TrialStatus = (typeof trialStatuses)[number];

/** Calls of each version that a comparison reads: the newest ones. */
export const maxCompared = 10_000;
/** The newest calls of the candidate that decide whether a trial stops by itself. */
export const maxWatched = 1000;
/** With fewer calls of a version, a comparison says nothing. */
export const enoughCalls = 20;

export const percentSchema = z.number().int().min(0).max(100);

export const stopAboveSchema = z.object({
  /** Of the calls that have ended, from 0 to 1. */
  errorRate: z.number().min(0).max(0.99),
  atLeast: z.number().int().min(5).max(maxWatched).default(enoughCalls),
});

export const startTrialSchema = z.object({
  /** The version that is tried: a definition, or the number of a version that is there. */
  definition: z.record(z.string(), z.unknown()).optional(),
  version: z.number().int().min(1).max(2_147_483_647).optional(),
  /** What a new version changes. */
  note: z.string().max(500).optional(),
  percent: percentSchema,
  stickyBy: z
    .string()
    .max(500)
    .regex(/^(\/[^/]+)+$/, 'needs a JSON Pointer into the input, such as "/customerId"')
    .optional(),
  stopAbove: stopAboveSchema.optional(),
  /** Even if the candidate takes other inputs or gives other outputs, as far as the schemas say. */
  force: z.boolean().default(false),
});

/** Which trial of the tool is meant. Left out: the one that runs. */
export const whichTrialSchema = z.object({ trialId: z.string().max(64).optional() });

const estimate = z.object({ value: z.number(), low: z.number(), high: z.number() });
const quantile = z.object({ value: z.number(), low: z.number().nullable(), high: z.number().nullable() });

/** What came of the calls of one version, of those that the trial gave it. */
export const variantSchema = z.object({
  version: z.int(),
  calls: z.int(),
  /** Not ended yet. */
  open: z.int(),
  succeeded: z.int(),
  failed: z.int(),
  /** Ended by people, or held back before anything was sent: they say nothing about a version. */
  leftOut: z.int(),
  /** By the code of their failure; those that are left out too. */
  errors: z.array(z.object({ code: z.enum(failureCodes), count: z.int(), leftOut: z.boolean() })),
  /** Of those that succeeded or failed; intervals are of 95 % confidence. */
  successRate: estimate.nullable(),
  /** In milliseconds, of the newest calls that succeeded, retries included. */
  latency: z.object({ p50: quantile, p95: quantile, p99: quantile }).nullable(),
});
export type Variant = z.infer<typeof variantSchema>;

export const verdicts = ['not_enough', 'no_difference', 'better', 'worse'] as const;
export type Verdict = (typeof verdicts)[number];
const compared = z.object({
  /** Of the candidate. */
  verdict: z.enum(verdicts),
  words: z.string(),
  /** The candidate less the baseline, with its interval of 95 % confidence. */
  difference: estimate.nullable(),
});

export const comparisonSchema = z.object({
  baseline: variantSchema,
  candidate: variantSchema,
  success: compared,
  /** Of the median, in milliseconds. */
  latency: compared,
  /** Only the newest calls of a version were compared. */
  newestOnly: z.boolean(),
});
export type Comparison = z.infer<typeof comparisonSchema>;

const time = z.string();

export const trialSchema = z.object({
  id: z.string(),
  toolId: z.string(),
  baseline: z.int(),
  candidate: z.int(),
  percent: z.int(),
  stickyBy: z.string().nullable(),
  stopAbove: stopAboveSchema.nullable(),
  status: z.enum(trialStatuses),
  startedAt: time,
  startedBy: actorSchema,
  endedAt: time.nullable(),
  endedBy: actorSchema.nullable(),
  reason: z.string().nullable(),
});
export type Trial = z.infer<typeof trialSchema>;

export const comparedTrialSchema = trialSchema.extend({ comparison: comparisonSchema });
/** Null: no version of the tool has been tried. */
export const newestTrialSchema = z.object({ trial: comparedTrialSchema.nullable() });
export type ComparedTrial = z.infer<typeof comparedTrialSchema>;
