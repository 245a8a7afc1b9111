import { settingsInputSchema, settingsSchema } from '../../shared/notifications/notification-schemas.ts';
import { changeOwnSettings } from '../../shared/notifications/server/notification-settings.ts';
import { procedure } from '../trpc.ts';

export const changeSettings = procedure('notifications.write', {
  method: 'PUT',
  path: '/api/notification-settings',
  summary: 'Change my notification settings; what is left out stays as it is',
  tags: ['notifications'],
})
  .input(settingsInputSchema)
  .output(settingsSchema)
  .mutation(({ ctx, input }) => changeOwnSettings(ctx, input));
