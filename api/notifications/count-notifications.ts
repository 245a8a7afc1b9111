import { z } from 'zod';
import { countOwnUnread } from '../../shared/notifications/server/own-notifications.ts';
import { procedure } from '../trpc.ts';

export const countNotifications = procedure('notifications.read', {
  method: 'GET',
  path: '/api/notifications/count',
  summary: 'Count what I have not read, up to 1,000',
  tags: ['notifications'],
})
  .output(z.object({ unread: z.int() }))
  .query(({ ctx }) => countOwnUnread(ctx));
