import { pushSubscriptionsSchema } from '../../shared/notifications/notification-schemas.ts';
import { readSubscriptions } from '../../shared/notifications/server/push/push-subscriptions.ts';
import { procedure } from '../trpc.ts';

export const listPushSubscriptions = procedure('notifications.read', {
  method: 'GET',
  path: '/api/push-subscriptions',
  summary: 'List my browsers that get notifications by Web Push, and the key with which a browser subscribes',
  tags: ['notifications'],
})
  .output(pushSubscriptionsSchema)
  .query(({ ctx }) => readSubscriptions(ctx));
