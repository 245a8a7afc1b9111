import { z } from 'zod';
import { channelSchema, type NotificationChannel } from '../../shared/notifications/notification-schemas.ts';
import { changeChannel } from '../../shared/notifications/server/channels.ts';
import { ifMatch } from '../common-inputs.ts';
import { procedure } from '../trpc.ts';
import { channelInput } from './channel-inputs.ts';

export const updateChannel = procedure('notification_channels.write', {
  method: 'PUT',
  path: '/api/notification-channels/{id}',
  summary: 'Change, enable or disable a channel; what it sends is yours from then on',
  tags: ['notifications'],
  headers: { 'if-match': 'ifMatch' },
  state: ({ revision }: NotificationChannel) => revision,
})
  .input(channelInput.extend({ id: z.string(), enabled: z.boolean().default(true), ifMatch }))
  .output(channelSchema)
  .mutation(({ ctx, input: { id, ifMatch, ...input } }) => changeChannel(ctx, id, input, ifMatch));
