import type { Issue } from '../platform/error-codes.ts';
import { cronFields, cronProblem } from './cron.ts';
import { nextTimes } from './next-times.ts';
import type { ScheduleSpec } from './schedule-schemas.ts';
import { knownZone } from './time-zone.ts';

/** What is wrong with the times of a schedule, at its place within the spec. None: it has a next time. */
export function checkSpec(spec: ScheduleSpec, now: Date): Issue[] {
  const issues: Issue[] = [];
  const wrong = (path: string, message: string, keyword: string) => issues.push({ path, message, keyword });
  const kinds = [spec.cron, spec.calendar, spec.everyMs].filter((each) => each !== undefined);
  if (kinds.length !== 1) wrong('', 'needs exactly one of cron, calendar and everyMs', 'oneOf');
  if (spec.timeZone !== undefined && knownZone(spec.timeZone) === null)
    wrong('/timeZone', 'is not a time zone such as Europe/Berlin', 'timeZone');
  if (spec.cron !== undefined) {
    const problem = cronProblem(cronFields(spec.cron));
    if (problem) wrong('/cron', problem, 'cron');
  }
  if (spec.everyMs !== undefined && spec.everyMs % 1000 > 0)
    wrong('/everyMs', 'needs whole seconds', 'multipleOf');
  if (spec.offsetMs !== undefined) {
    if (spec.everyMs === undefined) wrong('/offsetMs', 'is for everyMs only', 'offset');
    else if (spec.offsetMs >= spec.everyMs) wrong('/offsetMs', 'must be less than everyMs', 'maximum');
    else if (spec.offsetMs % 1000 > 0) wrong('/offsetMs', 'needs whole seconds', 'multipleOf');
  }
  if (
    spec.startAt !== undefined &&
    spec.endAt !== undefined &&
    Date.parse(spec.endAt) < Date.parse(spec.startAt)
  )
    wrong('/endAt', 'is before startAt', 'minimum');
  if (issues.length === 0 && nextTimes(spec, now, 1).times.length === 0)
    wrong(spec.cron === undefined ? '' : '/cron', 'has no time from now on', 'times');
  return issues;
}
