import { channelSchema } from '../../shared/notifications/notification-schemas.ts';
import { createChannel as create } from '../../shared/notifications/server/channels.ts';
import { procedure } from '../trpc.ts';
import { channelInput } from './channel-inputs.ts';

export const createChannel = procedure('notification_channels.write', {
  method: 'POST',
  path: '/api/notification-channels',
  summary: 'Let a tool send notifications; it is checked as if it sent something now',
  tags: ['notifications'],
  status: 201,
})
  .input(channelInput)
  .output(channelSchema)
  .mutation(({ ctx, input }) => create(ctx, input));
