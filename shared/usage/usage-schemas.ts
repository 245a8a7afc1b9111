import { z } from 'zod';
import { callDoors } from '../executions/call-doors.ts';
import { callerKinds } from '../executions/caller-kinds.ts';
import { isoTimeSchema } from '../platform/time-schema.ts';
import { isTimeZone, periodNames } from './periods.ts';

/** The shapes of usage that tRPC, REST and the pages share. Times are ISO 8601 in UTC, durations milliseconds. */

export const usageInput = {
  period: z.enum(periodNames).default('7d').describe('Up to now; compared with the one before'),
  timeZone: z
    .string()
    .max(64)
    .refine(isTimeZone, 'is no time zone, such as Europe/Berlin')
    .default('UTC')
    .describe('Where days begin'),
};

export const homeUsageInputSchema = z.object({
  ...usageInput,
  since: isoTimeSchema.optional().describe('Adds what has changed since then'),
});

const spanSchema = z.object({ from: z.string(), to: z.string() });

const headSchema = z.object({
  asOf: z.string().describe('Everything that happened by then is counted'),
  complete: z.boolean().describe('False while what was there before this version is still being counted'),
  period: spanSchema.extend({ previous: spanSchema, timeZone: z.string() }),
});

const times = {
  p50Ms: z.number().nullable().describe('At most 2 % off; below 1 ms, at most 1 ms'),
  p95Ms: z.number().nullable(),
  p99Ms: z.number().nullable(),
};

const outcomes = {
  count: z.int(),
  succeeded: z.int(),
  failed: z.int().describe('With those of unknown outcome'),
  unknown: z.int(),
  open: z.int(),
};
const callCountsSchema = z.object({ ...outcomes, ...times });
export type CallCounts = z.infer<typeof callCountsSchema>;

const callsSchema = z.object({
  total: callCountsSchema,
  previous: callCountsSchema,
  buckets: z.array(callCountsSchema.extend({ from: z.string(), to: z.string() })),
});

const failureCountSchema = z.object({ code: z.string(), count: z.int(), previous: z.int() });

/** A tool among others. */
const toolCountsSchema = callCountsSchema.extend({
  id: z.string(),
  name: z.string(),
  title: z.string(),
  previousCount: z.int(),
  previousFailed: z.int(),
  previousP95Ms: z.number().nullable(),
});
const meanCountsSchema = z.object({ ...outcomes, meanMs: z.number().nullable() });

/** Among all tools: their mean costs less to read than percentiles of each. */
const glanceSchema = z.object({
  ...outcomes,
  id: z.string(),
  name: z.string(),
  title: z.string(),
  meanMs: z.number().nullable(),
  previousCount: z.int(),
  previousFailed: z.int(),
  previousMeanMs: z.number().nullable(),
});
export type Glance = z.infer<typeof glanceSchema>;

export type ToolCounts = z.infer<typeof toolCountsSchema>;

const versionCountsSchema = callCountsSchema.extend({ version: z.int() });

const doorCountsSchema = z.object({
  door: z.enum(callDoors).nullable().describe('How the calls came; null: that was not recorded yet'),
  ...outcomes,
});

const callerCountsSchema = z.object({
  ...outcomes,
  kind: z.enum(callerKinds).describe('People are counted together'),
  id: z.string().nullable().describe('Of the key or the playbook'),
  name: z.string().nullable(),
  doors: z.array(doorCountsSchema),
});

export const toolUsageSchema = headSchema.extend({
  calls: callsSchema,
  failures: z.array(failureCountSchema),
  versions: z.array(versionCountsSchema),
  callers: z.array(callerCountsSchema),
  doors: z.array(doorCountsSchema),
});
export type ToolUsage = z.infer<typeof toolUsageSchema>;

export const connectorUsageSchema = toolUsageSchema.extend({
  tools: z.array(toolCountsSchema),
});
export type ConnectorUsage = z.infer<typeof connectorUsageSchema>;

const runCountsSchema = z.object({
  count: z.int(),
  open: z.int(),
  completed: z.int(),
  failed: z.int(),
  cancelled: z.int(),
  ...times,
});
export type RunCounts = z.infer<typeof runCountsSchema>;

const stepUsageSchema = z.object({
  stepId: z.string(),
  opened: z.int(),
  open: z.int(),
  completed: z.int(),
  skipped: z.int(),
  failed: z.int(),
  unknown: z.int(),
  dropped: z.int().describe('Here a run ended that failed or was cancelled'),
  outcomes: z.array(z.object({ outcome: z.string(), count: z.int() })).describe('Of the completed ones'),
  ...times,
});
export type StepUsage = z.infer<typeof stepUsageSchema>;

export const playbookUsageSchema = headSchema.extend({
  runs: z.object({
    total: runCountsSchema,
    previous: runCountsSchema,
    buckets: z.array(runCountsSchema.extend({ from: z.string(), to: z.string() })),
  }),
  steps: z.array(stepUsageSchema),
  versions: z.array(runCountsSchema.extend({ version: z.int() })),
});
export type PlaybookUsage = z.infer<typeof playbookUsageSchema>;

const caseCountsSchema = z.object({
  opened: z.int(),
  resolved: z.int(),
  p50Ms: z.number().nullable().describe('From opened to resolved'),
  p95Ms: z.number().nullable(),
});

/** Counted up to 1,000. */
const ageSchema = z.object({
  fromHours: z.int(),
  toHours: z.int().nullable(),
  steps: z.int(),
  exceptions: z.int(),
});

export const homeUsageSchema = headSchema.extend({
  calls: z.object({
    total: meanCountsSchema,
    previous: meanCountsSchema,
    buckets: z.array(z.object({ ...outcomes, from: z.string(), to: z.string() })),
  }),
  tools: z.array(glanceSchema).describe('Those with the most failures first; at most 200'),
  connectors: z.array(glanceSchema),
  runs: z.object({ total: runCountsSchema, previous: runCountsSchema }),
  exceptions: z.object({
    total: caseCountsSchema,
    previous: caseCountsSchema,
    buckets: z.array(z.object({ opened: z.int(), resolved: z.int(), from: z.string(), to: z.string() })),
  }),
  waiting: z.object({
    steps: z.int().describe('Up to 1,000, as the other numbers of what waits'),
    stepsOverdue: z.int(),
    exceptions: z.int(),
    exceptionsOverdue: z.int(),
    ages: z.array(ageSchema),
  }),
  pausedHosts: z.int(),
  changes: z
    .array(z.object({ type: z.string(), count: z.int() }))
    .describe('Events since the time that was asked for, by type; up to 100 of each'),
});
export type HomeUsage = z.infer<typeof homeUsageSchema>;
