import { z } from 'zod';
import { maxCalls } from '../../batches/batch-schemas.ts';
import {
  abortOutcome,
  type JsonSchema,
  type StepMoment,
  type StepOutcome,
  skipOutcome,
} from './step-definition.ts';

/** What steps with many calls have in common. */
export const batchFields = {
  /** Calls at once. */
  concurrency: z.int().min(1).max(maxCalls).optional(),
  /** Calls that begin in a minute, at most. */
  perMinute: z.int().min(1).max(60_000).optional(),
  /** The batch pauses when the first so many calls have ended. */
  sample: z.int().min(1).max(maxCalls).optional(),
  /** After a call that failed: `stop`: no further call begins. */
  onCallFailure: z.enum(['stop', 'continue']).default('stop'),
  /** After a batch that failed. */
  onFailure: z.enum(['stay_open', 'skip', 'abort']).default('stay_open'),
};
export type BatchFields = z.output<z.ZodObject<typeof batchFields>>;

export const retryFailed: StepOutcome = {
  id: 'retry_failed',
  title: 'Retry what failed',
  needsReason: false,
  takesInput: false,
  byDefault: true,
};

export function batchOutcomes({ optional }: { optional: boolean }, moment: StepMoment): StepOutcome[] {
  if (moment !== 'open') return [retryFailed, skipOutcome, abortOutcome];
  const run = { id: 'run', title: 'Run', needsReason: false, takesInput: false, byDefault: true };
  return optional ? [run, skipOutcome] : [run];
}

/** @param calls the output of each call, by its id; null when the ids are not known */
export function batchOutputSchema(calls: Record<string, JsonSchema | null> | null): JsonSchema {
  const count = { type: 'integer' };
  const status = { type: 'string' };
  return {
    type: 'object',
    properties: {
      status,
      counts: {
        type: 'object',
        properties: { total: count, succeeded: count, failed: count, skipped: count, cancelled: count },
      },
      calls: {
        type: 'object',
        ...(calls && {
          properties: Object.fromEntries(
            Object.entries(calls).map(([id, output]) => [
              id,
              { type: 'object', properties: { status, output: output ?? {} } },
            ]),
          ),
        }),
      },
    },
  };
}
