import { z } from 'zod';
import { durationMs } from '../platform/duration.ts';
import { InterlockError } from '../platform/error-codes.ts';
import { type ScheduleInput, scheduleInputSchema, specSchema, targetSchema } from './schedule-schemas.ts';

const shortSpec = {
  cron: z.string().trim().min(1).max(200).optional(),
  /** An ISO 8601 duration such as `PT1H`, or milliseconds. */
  every: z.union([z.string().max(64), z.int()]).optional(),
  timeZone: z.string().min(1).max(64).optional(),
};

/** What a schedule is made of: `target` and `spec`, or their most common fields beside the others. */
export const scheduleBodySchema = scheduleInputSchema.extend({
  target: targetSchema.optional(),
  spec: specSchema.optional(),
  ...targetSchema.shape,
  ...shortSpec,
  paused: z.boolean().optional(),
});

/** @throws InterlockError `invalid_input` for both forms of one thing, or neither */
export function scheduleOf(body: z.output<typeof scheduleBodySchema>): ScheduleInput {
  const {
    title,
    overlap,
    catchupMs,
    maxRuns,
    target,
    spec,
    cron,
    every,
    timeZone,
    paused: _,
    ...rest
  } = body;
  const short = Object.fromEntries(Object.keys(targetSchema.shape).map((key) => [key, rest[key as never]]));
  const times = { cron, everyMs: every === undefined ? undefined : intervalOf(every), timeZone };
  return {
    ...(title !== undefined && { title }),
    overlap,
    catchupMs,
    ...(maxRuns !== undefined && { maxRuns }),
    target: oneOf('target', target, short),
    spec: oneOf('spec', spec, times),
  };
}

function intervalOf(every: string | number): number {
  const ms = typeof every === 'number' ? every : durationMs(every);
  if (ms === null || ms < 10_000)
    throw invalid('every', 'is no duration of 10 seconds or more, such as PT1H');
  return ms;
}

function oneOf<T extends object>(
  name: string,
  whole: T | undefined,
  fields: { [K in keyof T]?: unknown },
): T {
  const given = Object.entries(fields).filter(([, value]) => value !== undefined);
  if (whole && given.length > 0) throw invalid(given[0]![0], `stands beside ${name}: send one of them`);
  if (!whole && given.length === 0) throw invalid(name, 'is required');
  return whole ?? (Object.fromEntries(given) as T);
}

const invalid = (field: string, message: string) =>
  new InterlockError('invalid_input', `${field} ${message}.`, {
    issues: [{ path: `/${field}`, message, keyword: 'schedule' }],
  });
