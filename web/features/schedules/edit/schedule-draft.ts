import { readJson } from '../../../../shared/platform/read-json.ts';
import { checkSpec } from '../../../../shared/schedules/check-spec.ts';
import { previewSpec } from '../../../../shared/schedules/preview-spec.ts';
import type {
  Overlap,
  SchedulePreview,
  ScheduleSpec,
  TargetKind,
} from '../../../../shared/schedules/schedule-schemas.ts';
import type { Inputs } from '../../../api/trpc.ts';
import { localTimeZone } from '../../../kit/schema-form/local-time.ts';
import { t } from '../../../words/words.ts';
import type { Schedule } from '../parts/schedule-words.ts';

export type TimesKind = 'cron' | 'every' | 'calendar';

export const units = { seconds: 1000, minutes: 60_000, hours: 3_600_000, days: 86_400_000 } as const;
export type Unit = keyof typeof units;

/** What the form holds. Numbers and JSON are as they are typed. */
export interface ScheduleDraft {
  title: string;
  kind: TargetKind;
  /** Of the tool or the playbook. */
  targetId: string;
  /** The payload, the input or the batch. */
  json: string;
  exceptionId: string | undefined;
  times: TimesKind;
  cron: string;
  calendar: string;
  every: string;
  unit: Unit;
  timeZone: string;
  overlap: Overlap;
  jitterMinutes: string;
  startAt: string | undefined;
  endAt: string | undefined;
  offsetMs: number | undefined;
  catchupMs: number | undefined;
  maxRuns: string;
}

export const emptyBatch = JSON.stringify({ calls: [{ id: 'first', tool: '', payload: {} }] }, null, 2);

export const newDraft = (): ScheduleDraft => ({
  title: '',
  kind: 'tool',
  targetId: '',
  json: '{}',
  exceptionId: undefined,
  times: 'cron',
  cron: '0 9 * * MON-FRI',
  calendar: '{"hour": 9, "dayOfMonth": 1}',
  every: '1',
  unit: 'hours',
  timeZone: localTimeZone(),
  overlap: 'skip',
  jitterMinutes: '',
  startAt: undefined,
  endAt: undefined,
  offsetMs: undefined,
  catchupMs: undefined,
  maxRuns: '',
});

/** The draft of a schedule that is changed. */
export function draftOf(schedule: Schedule): ScheduleDraft {
  const { spec, definition = {}, target } = schedule;
  const { everyMs } = spec;
  const unit =
    (Object.keys(units) as Unit[]).findLast((each) => (everyMs ?? 0) % units[each] === 0) ?? 'seconds';
  const started = { tool: definition.payload, playbook: definition.input, batch: definition.batch };
  return {
    ...newDraft(),
    title: schedule.title,
    kind: target.kind,
    targetId: target.id ?? '',
    json: JSON.stringify(started[target.kind] ?? {}, null, 2),
    exceptionId: definition.exceptionId,
    times: everyMs !== undefined ? 'every' : spec.calendar ? 'calendar' : 'cron',
    ...(spec.cron !== undefined && { cron: spec.cron }),
    ...(spec.calendar && { calendar: JSON.stringify(spec.calendar) }),
    ...(everyMs !== undefined && { every: String(everyMs / units[unit]), unit }),
    timeZone: spec.timeZone ?? 'UTC',
    overlap: schedule.overlap,
    jitterMinutes: spec.jitterMs ? String(spec.jitterMs / 60_000) : '',
    startAt: spec.startAt,
    endAt: spec.endAt,
    offsetMs: spec.offsetMs,
    catchupMs: schedule.catchupMs,
    maxRuns: schedule.maxRuns === null ? '' : String(schedule.maxRuns),
  };
}

/** Null: it is no JSON. */
export function parsed(text: string): { value: unknown } | null {
  try {
    return { value: readJson(text) };
  } catch {
    return null;
  }
}

function specOf(draft: ScheduleDraft): ScheduleSpec | null {
  const { timeZone, startAt, endAt, jitterMinutes } = draft;
  const jitter = Number(jitterMinutes) * 60_000;
  const common = {
    ...(startAt !== undefined && { startAt }),
    ...(endAt !== undefined && { endAt }),
    ...(jitter > 0 && { jitterMs: jitter }),
  };
  if (draft.times === 'every') {
    const everyMs = Number(draft.every) * units[draft.unit];
    const { offsetMs } = draft;
    if (!(everyMs >= 10_000)) return null;
    return { everyMs, ...(offsetMs !== undefined && offsetMs < everyMs && { offsetMs }), ...common };
  }
  if (draft.times === 'cron') return { cron: draft.cron, timeZone, ...common };
  const calendar = parsed(draft.calendar)?.value;
  if (typeof calendar !== 'object' || calendar === null || Array.isArray(calendar)) return null;
  return { calendar, timeZone, ...common };
}

/** What the times of a draft come to, or what is wrong with them, at its place. */
export function timesOf(
  draft: ScheduleDraft,
  now: Date,
): { spec: ScheduleSpec; preview: SchedulePreview } | { issues: { path: string; message: string }[] } {
  const spec = specOf(draft);
  if (!spec)
    return draft.times === 'every'
      ? { issues: [{ path: '/everyMs', message: t('needs 10 seconds or more') }] }
      : { issues: [{ path: '/calendar', message: t('is not valid JSON, such as {"hour": 9}') }] };
  try {
    const issues = checkSpec(spec, now);
    return issues.length > 0 ? { issues } : { spec, preview: previewSpec(spec, now) };
  } catch {
    // A calendar with a value that none can have; the server says which.
    return { issues: [{ path: '/calendar', message: t('has a value that is not known') }] };
  }
}

export const jsonIssue = ({ json }: ScheduleDraft): string | undefined =>
  parsed(json) ? undefined : t('is not valid JSON');

/** What is sent; null while it is not complete. */
export function inputOf(draft: ScheduleDraft, now: Date): Inputs['schedules']['create'] | null {
  const times = timesOf(draft, now);
  const json = parsed(draft.json);
  if (!json || 'issues' in times || (draft.kind !== 'batch' && draft.targetId === '')) return null;
  const { exceptionId, catchupMs, targetId, overlap } = draft;
  const filed = exceptionId === undefined ? {} : { exceptionId };
  const target = {
    tool: { toolId: targetId, payload: json.value, ...filed },
    playbook: { playbook: targetId, input: json.value, ...filed },
    batch: { batch: json.value as never },
  }[draft.kind];
  return {
    ...(draft.title.trim() !== '' && { title: draft.title.trim() }),
    target,
    spec: times.spec,
    overlap,
    ...(catchupMs !== undefined && { catchupMs }),
    ...(draft.maxRuns.trim() !== '' && { maxRuns: draft.maxRuns.trim() }),
  };
}
