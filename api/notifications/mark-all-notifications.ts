import { z } from 'zod';
import { markAllOwn } from '../../shared/notifications/server/own-notifications.ts';
import { procedure } from '../trpc.ts';

export const markAllNotifications = procedure('notifications.write', {
  method: 'POST',
  path: '/api/notifications/read-all',
  summary: 'Mark all my notifications as read, or those up to one of them',
  tags: ['notifications'],
  status: 204,
})
  .input(z.object({ upTo: z.uuid().optional() }))
  .mutation(({ ctx, input }) => markAllOwn(ctx, input.upTo));
