import { z } from 'zod';
import { markNoticesRead as markRead } from '../../shared/playbooks/server/inbox.ts';
import { procedure } from '../trpc.ts';

export const markNoticesRead = procedure('runs.read', {
  method: 'POST',
  path: '/api/inbox/notices/read',
  summary: 'Mark a notice and all earlier ones as read',
  tags: ['inbox'],
  status: 204,
})
  .input(z.object({ upTo: z.string() }))
  .mutation(({ ctx, input }) => markRead(ctx, input.upTo));
