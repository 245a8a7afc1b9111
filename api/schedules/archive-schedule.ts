import { byId, ifMatch } from '../common-inputs.ts';
import { procedure } from '../trpc.ts';

export const archiveSchedule = procedure('schedules.write', {
  method: 'DELETE',
  path: '/api/schedules/{id}',
  summary: 'Archive a schedule; its runs stay. For its owner and tenant admins',
  tags: ['schedules'],
  headers: { 'if-match': 'ifMatch' },
  status: 204,
})
  .input(byId.extend({ ifMatch }))
  .mutation(({ ctx, input }) => ctx.services.schedules.archive(ctx, input.id, input.ifMatch));
