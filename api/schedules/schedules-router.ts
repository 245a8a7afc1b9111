import { router } from '../trpc.ts';
import { archiveSchedule } from './archive-schedule.ts';
import { assignSchedule } from './assign-schedule.ts';
import { backfillSchedule } from './backfill-schedule.ts';
import { createSchedule } from './create-schedule.ts';
import { getSchedule } from './get-schedule.ts';
import { listSchedules } from './list-schedules.ts';
import { pauseSchedule } from './pause-schedule.ts';
import { previewSchedule } from './preview-schedule.ts';
import { resumeSchedule } from './resume-schedule.ts';
import { triggerSchedule } from './trigger-schedule.ts';
import { unarchiveSchedule } from './unarchive-schedule.ts';
import { updateSchedule } from './update-schedule.ts';

export const schedulesRouter = router({
  list: listSchedules,
  preview: previewSchedule,
  create: createSchedule,
  get: getSchedule,
  update: updateSchedule,
  archive: archiveSchedule,
  unarchive: unarchiveSchedule,
  pause: pauseSchedule,
  resume: resumeSchedule,
  assign: assignSchedule,
  trigger: triggerSchedule,
  backfill: backfillSchedule,
});
