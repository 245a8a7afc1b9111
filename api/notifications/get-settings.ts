import { settingsSchema } from '../../shared/notifications/notification-schemas.ts';
import { readOwnSettings } from '../../shared/notifications/server/notification-settings.ts';
import { procedure } from '../trpc.ts';

export const getSettings = procedure('notifications.read', {
  method: 'GET',
  path: '/api/notification-settings',
  summary: 'Get my notification settings: ways by kind, digest and quiet hours',
  tags: ['notifications'],
})
  .output(settingsSchema)
  .query(({ ctx }) => readOwnSettings(ctx));
