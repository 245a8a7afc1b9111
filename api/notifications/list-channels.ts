import { channelSchema } from '../../shared/notifications/notification-schemas.ts';
import { readChannels } from '../../shared/notifications/server/channels.ts';
import { wholeList } from '../common-inputs.ts';
import { procedure } from '../trpc.ts';

export const listChannels = procedure('notification_channels.read', {
  method: 'GET',
  path: '/api/notification-channels',
  summary: 'List the tools that send notifications',
  tags: ['notifications'],
})
  .output(wholeList(channelSchema))
  .query(async ({ ctx }) => ({ items: await readChannels(ctx), nextCursor: null }));
