import { z } from 'zod';
import { channelIdsSchema } from '../../shared/notifications/notification-schemas.ts';
import { sendOwnTest } from '../../shared/notifications/server/own-notifications.ts';
import { procedure } from '../trpc.ts';

export const sendTest = procedure('notifications.write', {
  method: 'POST',
  path: '/api/notification-settings/test',
  summary: 'Send me a test, on the page and in the ways that are named',
  tags: ['notifications'],
  status: 202,
})
  .input(
    z.object({
      browser: z.boolean().default(false),
      email: z.boolean().default(false),
      channels: channelIdsSchema.default([]),
    }),
  )
  .output(z.object({ accepted: z.literal(true) }))
  .mutation(async ({ ctx, input }) => {
    await sendOwnTest(ctx, input);
    return { accepted: true };
  });
