import { z } from 'zod';
import { testChannel as test } from '../../shared/notifications/server/channels.ts';
import { byId } from '../common-inputs.ts';
import { procedure } from '../trpc.ts';

export const testChannel = procedure('notification_channels.write', {
  method: 'POST',
  path: '/api/notification-channels/{id}/test',
  summary: 'Send a test by a channel',
  tags: ['notifications'],
  status: 202,
})
  .input(byId)
  .output(z.object({ executionId: z.string() }))
  .mutation(({ ctx, input }) => test(ctx, input.id));
