import { archiveChannel as archive } from '../../shared/notifications/server/channels.ts';
import { byId, ifMatch } from '../common-inputs.ts';
import { procedure } from '../trpc.ts';

export const archiveChannel = procedure('notification_channels.write', {
  method: 'DELETE',
  path: '/api/notification-channels/{id}',
  summary: 'Remove a channel: nothing is sent by it any more',
  tags: ['notifications'],
  headers: { 'if-match': 'ifMatch' },
  status: 204,
})
  .input(byId.extend({ ifMatch }))
  .mutation(({ ctx, input }) => archive(ctx, input.id, input.ifMatch));
