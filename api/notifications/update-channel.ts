import { z } from 'zod';
import { channelSchema } from '../../shared/notifications/notification-schemas.ts';
import { changeChannel } from '../../shared/notifications/server/channels.ts';
import { procedure } from '../trpc.ts';
import { channelInput } from './channel-inputs.ts';

export const updateChannel = procedure('notification_channels.write', {
  method: 'PUT',
  path: '/api/notification-channels/{id}',
  summary: 'Change, enable or disable a channel; what it sends is yours from then on',
  tags: ['notifications'],
})
  .input(channelInput.extend({ id: z.string(), enabled: z.boolean().default(true) }))
  .output(channelSchema)
  .mutation(({ ctx, input: { id, ...input } }) => changeChannel(ctx, id, input));
