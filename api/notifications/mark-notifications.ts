import { z } from 'zod';
import { markOwn } from '../../shared/notifications/server/own-notifications.ts';
import { procedure } from '../trpc.ts';

export const markNotifications = procedure('notifications.write', {
  method: 'POST',
  path: '/api/notifications/read',
  summary: 'Mark some of my notifications as read, or as unread',
  tags: ['notifications'],
  status: 204,
})
  .input(z.object({ ids: z.array(z.uuid()).min(1).max(200), read: z.boolean().default(true) }))
  .mutation(({ ctx, input }) => markOwn(ctx, input));
