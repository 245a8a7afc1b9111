import { z } from 'zod';
import { notificationSchema } from '../../shared/notifications/notification-schemas.ts';
import { readOwnNotifications } from '../../shared/notifications/server/own-notifications.ts';
import { pageInput, pageOf } from '../../shared/platform/page-schemas.ts';
import { flag } from '../common-inputs.ts';
import { procedure } from '../trpc.ts';

export const listNotifications = procedure('notifications.read', {
  method: 'GET',
  path: '/api/notifications',
  summary: 'List my notifications, newest first',
  tags: ['notifications'],
})
  .input(z.object({ unread: flag, ...pageInput }))
  .output(pageOf(notificationSchema))
  .query(({ ctx, input }) => readOwnNotifications(ctx, input));
