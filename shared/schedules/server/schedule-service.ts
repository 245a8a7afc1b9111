import type { z } from 'zod';
import type { ChangeContext, ReadContext } from '../../events/server/change-context.ts';
import { assertIdCursor, type Page, pageFrom } from '../../platform/server/paging.ts';
import { lastRuns, listSchedules, readRun } from '../db/schedules.ts';
import { previewSpec } from '../preview-spec.ts';
import type { Fire, StartedFire } from '../schedule-contract.ts';
import type {
  SchedulePreview,
  ScheduleSpec,
  ScheduleSummary,
  scheduleListInputSchema,
} from '../schedule-schemas.ts';
import { cancelFire, fireSchedule } from './fire-schedule.ts';
import { backfillSchedule, triggerSchedule } from './run-schedule-now.ts';
import type { ScheduleChange, ScheduleRead, ScheduleServices } from './schedule-context.ts';
import { readScheduleView, summaryOf } from './schedule-view.ts';
import {
  archiveSchedule,
  assignSchedule,
  createSchedule,
  mustBeSpec,
  pauseScheduleNow,
  restoreSchedule,
  resumeSchedule,
  updateScheduleInput,
} from './write-schedule.ts';

/** Schedules, for every door and for the worker. Doors pass the context of a request as it is; each function names its errors. */
export function createScheduleService(services: ScheduleServices) {
  const reading =
    <Args extends unknown[], Result>(read: (context: ScheduleRead, ...args: Args) => Result) =>
    ({ identity }: ReadContext, ...args: Args): Result =>
      read({ services, identity }, ...args);
  const changing =
    <Args extends unknown[], Result>(change: (context: ScheduleChange, ...args: Args) => Result) =>
    ({ identity, requestId }: ChangeContext, ...args: Args): Result =>
      change({ services, identity, requestId }, ...args);
  return {
    list: reading(listSchedulePage),
    get: reading(readScheduleView),
    /** @throws InterlockError `invalid_input` */
    preview: (spec: ScheduleSpec): SchedulePreview => previewSpec(mustBeSpec(spec), new Date()),
    create: changing(createSchedule),
    update: changing(updateScheduleInput),
    pause: changing(pauseScheduleNow),
    resume: changing(resumeSchedule),
    archive: changing(archiveSchedule),
    restore: changing(restoreSchedule),
    assign: changing(assignSchedule),
    trigger: changing(triggerSchedule),
    backfill: changing(backfillSchedule),
    /** The worker's side. */
    fire: (fire: Fire) => fireSchedule(services, fire),
    cancelFire: (fire: Fire) => cancelFire(services, fire),
    /** Whether what a run has started is in progress. */
    async isOpen({ tenantId, runId }: StartedFire): Promise<boolean> {
      const run = await services.db.tenant(tenantId, (connection) => readRun(connection, runId));
      return run?.status === 'running';
    },
  };
}

export type ScheduleService = ReturnType<typeof createScheduleService>;

/** At most `limit` schedules, newest first. @throws InterlockError `invalid_input` for an invalid cursor */
async function listSchedulePage(
  { services, identity }: ScheduleRead,
  { status, q, cursor, limit }: z.output<typeof scheduleListInputSchema>,
): Promise<Page<ScheduleSummary>> {
  assertIdCursor(cursor);
  const { rows, runs } = await services.db.tenant(identity.tenantId, async (connection) => {
    const rows = await listSchedules(connection, { status, q, cursor, limit: limit + 1 });
    return {
      rows,
      runs: await lastRuns(
        connection,
        rows.map(({ id }) => id),
      ),
    };
  });
  const now = new Date();
  return pageFrom(
    rows,
    limit,
    ({ id }) => id,
    (row) => summaryOf(row, runs.get(row.id) ?? null, now),
  );
}
