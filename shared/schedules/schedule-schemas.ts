import { z } from 'zod';
import { batchInputSchema } from '../batches/batch-schemas.ts';
import { actorSchema } from '../identity/identity-schemas.ts';
import { idText } from '../platform/id-text.ts';
import { pageInput } from '../platform/page-schemas.ts';
import { scheduleStatuses } from './schedule-statuses.ts';

export { type ScheduleStatus, scheduleStatuses } from './schedule-statuses.ts';

const dayMs = 86_400_000;

/** Of an organization, without those that are archived. */
export const maxSchedules = 500;
/** The times of one backfill. */
export const maxBackfill = 500;
/** A fire is known for 90 days, so that it never happens twice. */
export const backfillDays = 60;
/** How many times a preview shows. */
export const shownTimes = 10;

export const overlaps = ['skip', 'buffer_one', 'buffer_all', 'cancel_other', 'allow_all'] as const;
export type Overlap = (typeof overlaps)[number];

export const scheduleRunStatuses = [
  'starting',
  'running',
  'succeeded',
  'failed',
  'cancelled',
  'refused',
] as const;
export type ScheduleRunStatus = (typeof scheduleRunStatuses)[number];

export const targetKinds = ['tool', 'playbook', 'batch'] as const;
export type TargetKind = (typeof targetKinds)[number];

/** What a run of a schedule has started. */
export const startedTypes = ['execution', 'run', 'batch'] as const;
export type StartedType = (typeof startedTypes)[number];

export const weekDays = [
  'sunday',
  'monday',
  'tuesday',
  'wednesday',
  'thursday',
  'friday',
  'saturday',
] as const;
export type WeekDay = (typeof weekDays)[number];

const oneOrMany = <T extends z.ZodType>(value: T, most: number) =>
  z.union([value, z.array(value).min(1).max(most)]);
const within = (from: number, to: number) => oneOrMany(z.int().min(from).max(to), to - from + 1);

/** Every field must match. Left out: minute 0, hour 0, and any day, month and year. */
const calendarSchema = z.strictObject({
  minute: within(0, 59).optional(),
  hour: within(0, 23).optional(),
  dayOfMonth: within(1, 31).optional(),
  dayOfWeek: oneOrMany(z.enum(weekDays), 7).optional(),
  month: within(1, 12).optional(),
  year: oneOrMany(z.int().min(2000).max(2200), 100).optional(),
});

/** Times: exactly one of `cron`, `calendar` and `everyMs`. */
export const specSchema = z.strictObject({
  /** Five fields (minute, hour, day of month, month, day of week), or `@daily` and the like. */
  cron: z.string().trim().min(1).max(200).optional(),
  calendar: calendarSchema.optional(),
  /** Counted from 1970 in UTC: an hour is every full hour. */
  everyMs: z.coerce
    .number()
    .int()
    .min(10_000)
    .max(366 * dayMs)
    .optional(),
  offsetMs: z.coerce
    .number()
    .int()
    .min(0)
    .max(366 * dayMs)
    .optional(),
  /** Such as `Europe/Berlin`; `UTC` if left out. */
  timeZone: z.string().min(1).max(64).optional(),
  startAt: z.iso.datetime({ offset: true }).optional(),
  endAt: z.iso.datetime({ offset: true }).optional(),
  /** Each time is later by a random part of this. */
  jitterMs: z.coerce.number().int().min(0).max(dayMs).optional(),
});
export type ScheduleSpec = z.output<typeof specSchema>;

/** Exactly one of a tool, a playbook and a batch. */
export const targetSchema = z.strictObject({
  toolId: idText.max(64).optional(),
  /** Its name. */
  tool: z.string().max(128).optional(),
  payload: z.unknown().optional(),
  /** Id or name. */
  playbook: idText.max(128).optional(),
  input: z.unknown().optional(),
  /** Of the execution or the run. */
  exceptionId: idText.max(128).optional(),
  batch: batchInputSchema.optional(),
});
export type TargetInput = z.output<typeof targetSchema>;

export const scheduleInputSchema = z.object({
  title: z.string().trim().min(1).max(200).optional(),
  target: targetSchema,
  spec: specSchema,
  /** When the one before has not ended. */
  overlap: z.enum(overlaps).default('skip'),
  /** How late it may begin when Temporal was unavailable. */
  catchupMs: z.coerce
    .number()
    .int()
    .min(10_000)
    .max(7 * dayMs)
    .default(3_600_000),
  /** It ends after so many times. */
  maxRuns: z.coerce.number().int().min(1).max(1_000_000).optional(),
});
export type ScheduleInput = z.output<typeof scheduleInputSchema>;

export const schedulePreviewInputSchema = z.object({ spec: specSchema });

const timeSchema = z.object({
  /** In UTC. */
  at: z.string(),
  /** In the time zone of the schedule, with its offset. */
  local: z.string(),
});

export const schedulePreviewSchema = z.object({
  /** The times in words. */
  words: z.string(),
  times: z.array(timeSchema),
  /** What the change of clocks does to them, and what is easily misread. */
  notes: z.array(z.string()),
});
export type SchedulePreview = z.infer<typeof schedulePreviewSchema>;

export const scheduleRunSchema = z.object({
  id: z.string(),
  scheduledAt: z.string(),
  /** `manual`: someone has started it by hand. */
  trigger: z.enum(['time', 'manual']),
  status: z.enum(scheduleRunStatuses),
  /** Why it was refused, or has failed. */
  reason: z.string().nullable(),
  started: z.object({ type: z.enum(startedTypes), id: z.string() }).nullable(),
  runBy: actorSchema,
  createdAt: z.string(),
  endedAt: z.string().nullable(),
});
export type ScheduleRunView = z.infer<typeof scheduleRunSchema>;

export const scheduleSummarySchema = z.object({
  id: z.string(),
  revision: z.int(),
  title: z.string(),
  status: z.enum(scheduleStatuses),
  paused: z.boolean(),
  /** Why it is paused, or has ended. */
  reason: z.string().nullable(),
  target: z.object({
    kind: z.enum(targetKinds),
    /** Of the tool or the playbook; null for a batch. */
    id: z.string().nullable(),
    name: z.string(),
  }),
  spec: specSchema,
  words: z.string(),
  /** Without jitter; null when it is not active, or no time is left. */
  nextAt: z.string().nullable(),
  lastRun: scheduleRunSchema.nullable(),
  /** What it starts is theirs, with the rights that they have then. */
  owner: actorSchema,
  createdBy: actorSchema,
  createdAt: z.string(),
  updatedBy: actorSchema,
  updatedAt: z.string(),
});
export type ScheduleSummary = z.infer<typeof scheduleSummarySchema>;

export const scheduleSchema = scheduleSummarySchema.extend({
  overlap: z.enum(overlaps),
  catchupMs: z.int(),
  maxRuns: z.int().nullable(),
  /** How often its time has come. */
  fired: z.int(),
  /** What it starts, with its inputs: for its owner only. */
  definition: targetSchema.optional(),
  /** Whether the caller is its owner. */
  mine: z.boolean(),
  /** Without jitter. */
  nextTimes: z.array(timeSchema),
  notes: z.array(z.string()),
  /** Newest first. */
  runs: z.array(scheduleRunSchema),
  /** False while Temporal does not have this revision yet. */
  synced: z.boolean(),
  temporalUrl: z.string().nullable(),
});
export type Schedule = z.infer<typeof scheduleSchema>;

export const scheduleListInputSchema = z.object({
  status: z.enum(scheduleStatuses).optional(),
  /** A part of the title. */
  q: z.string().max(200).optional(),
  ...pageInput,
});

export const backfillInputSchema = z.object({
  from: z.iso.datetime({ offset: true }),
  to: z.iso.datetime({ offset: true }),
  /** Among those that are made up for. */
  overlap: z.enum(overlaps).default('buffer_all'),
});
export type BackfillInput = z.output<typeof backfillInputSchema>;

export const backfillSchema = z.object({
  /** The times that are made up for; those that have happened already are left out. */
  times: z.array(z.string()),
});
