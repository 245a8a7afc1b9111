import { z } from 'zod';
import { InterlockError } from '../../shared/platform/error-codes.ts';
import { isUuid } from '../../shared/platform/ids.ts';
import { procedure } from '../trpc.ts';

export const markNoticesRead = procedure('runs.read', {
  method: 'POST',
  path: '/api/inbox/notices/read',
  summary: 'Mark a notice and all earlier ones as read',
  tags: ['inbox'],
  status: 204,
})
  .input(z.object({ upTo: z.string() }))
  .mutation(async ({ ctx, input }) => {
    if (!isUuid(input.upTo)) throw new InterlockError('not_found', 'Notice not found.');
    await ctx.services.runs.readNotices(ctx.identity, input.upTo);
  });
