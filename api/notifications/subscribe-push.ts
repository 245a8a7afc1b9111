import {
  pushSubscriptionSchema,
  subscribeInputSchema,
} from '../../shared/notifications/notification-schemas.ts';
import { subscribe } from '../../shared/notifications/server/push/push-subscriptions.ts';
import { procedure } from '../trpc.ts';

export const subscribePush = procedure('notifications.write', {
  method: 'POST',
  path: '/api/push-subscriptions',
  summary: 'Send my notifications to this browser also while no page is open; it ends with my session',
  tags: ['notifications'],
  status: 201,
})
  .input(subscribeInputSchema)
  .output(pushSubscriptionSchema)
  .mutation(({ ctx, input }) => subscribe(ctx, input));
