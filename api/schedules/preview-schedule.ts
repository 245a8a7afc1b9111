import {
  schedulePreviewInputSchema,
  schedulePreviewSchema,
} from '../../shared/schedules/schedule-schemas.ts';
import { procedure } from '../trpc.ts';

export const previewSchedule = procedure('schedules.read', {
  method: 'POST',
  path: '/api/schedules/preview',
  summary: 'The next ten times of a spec, in words too; nothing is stored',
  tags: ['schedules'],
})
  .input(schedulePreviewInputSchema)
  .output(schedulePreviewSchema)
  .mutation(({ ctx, input }) => ctx.services.schedules.preview(input.spec));
