import { creatorOf } from '../../platform/db/columns.ts';
import { InterlockError } from '../../platform/error-codes.ts';
import { isUuid } from '../../platform/ids.ts';
import { temporalWebUrl } from '../../platform/server/temporal/connect.ts';
import { type ListedSchedule, listRuns, readSchedule, type ScheduleRunRow } from '../db/schedules.ts';
import { nextTimes } from '../next-times.ts';
import { previewSpec } from '../preview-spec.ts';
import { temporalScheduleId } from '../schedule-contract.ts';
import {
  type Schedule,
  type ScheduleRunView,
  type ScheduleSummary,
  shownTimes,
} from '../schedule-schemas.ts';
import { specWords } from '../spec-words.ts';
import { ownerOf, runByOf } from './fire-schedule.ts';
import type { ScheduleRead } from './schedule-context.ts';
import { openTarget } from './stored-target.ts';

const shownRuns = 20;

export const scheduleNotFound = () => new InterlockError('not_found', 'Schedule not found.');

/** With its next times and its last runs. @throws InterlockError `not_found` */
export async function readScheduleView({ services, identity }: ScheduleRead, id: string): Promise<Schedule> {
  const found = isUuid(id)
    ? await services.db.tenant(identity.tenantId, async (connection) => {
        const row = await readSchedule(connection, id);
        return row && { row, runs: await listRuns(connection, id, shownRuns) };
      })
    : null;
  if (!found) throw scheduleNotFound();
  const { row, runs } = found;
  const mine = isOwner(identity.actor, row);
  const definition = mine ? await openTarget(services.vault, row) : null;
  const now = new Date();
  const left = row.max_runs === null ? shownTimes : Math.min(shownTimes, row.max_runs - row.fired);
  const preview = previewSpec(row.spec, now, left);
  return {
    ...summaryOf(row, runs[0] ?? null, now),
    overlap: row.overlap,
    catchupMs: row.catchup_ms,
    maxRuns: row.max_runs,
    fired: row.fired,
    ...(definition && { definition }),
    mine,
    nextTimes: row.status === 'active' ? preview.times : [],
    notes: row.status === 'active' ? preview.notes : [],
    runs: runs.map(runView),
    synced: row.synced_revision === row.revision,
    temporalUrl: temporalUrl(services, id),
  };
}

function temporalUrl({ environment, temporal }: ScheduleRead['services'], id: string): string | null {
  const { namespace } = temporal.client.options;
  const url = temporalWebUrl(environment.INTERLOCK_TEMPORAL_UI_URL, namespace, temporalScheduleId(id));
  return url?.replace('/workflows/', '/schedules/') ?? null;
}

export const isOwner = (
  { type, id }: { type: string; id: string },
  row: Pick<ListedSchedule, 'owner_type' | 'owner_id'>,
): boolean => row.owner_type === type && row.owner_id === id;

export function summaryOf(row: ListedSchedule, lastRun: ScheduleRunRow | null, now: Date): ScheduleSummary {
  const next = row.status === 'active' ? nextTimes(row.spec, now, 1).times[0] : undefined;
  return {
    id: row.id,
    revision: row.revision,
    title: row.title,
    status: row.status,
    paused: row.status === 'paused',
    reason: row.reason,
    target: { kind: row.target_kind, id: row.target_id, name: row.target_name },
    spec: row.spec,
    words: specWords(row.spec),
    nextAt: next?.toISOString() ?? null,
    lastRun: lastRun && runView(lastRun),
    owner: ownerOf(row),
    createdBy: creatorOf(row),
    createdAt: row.created_at.toISOString(),
    updatedBy: { type: row.updated_by_type, id: row.updated_by_id, name: row.updated_by_name },
    updatedAt: row.updated_at.toISOString(),
  };
}

export function runView(run: ScheduleRunRow): ScheduleRunView {
  return {
    id: run.id,
    scheduledAt: run.scheduled_at.toISOString(),
    trigger: run.trigger,
    status: run.status,
    reason: run.reason,
    started: run.started_type && run.started_id ? { type: run.started_type, id: run.started_id } : null,
    runBy: runByOf(run),
    createdAt: run.created_at.toISOString(),
    endedAt: run.ended_at?.toISOString() ?? null,
  };
}
