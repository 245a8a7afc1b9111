import { removeSubscription } from '../../shared/notifications/server/push/push-subscriptions.ts';
import { byId } from '../common-inputs.ts';
import { procedure } from '../trpc.ts';

export const removePushSubscription = procedure('notifications.write', {
  method: 'DELETE',
  path: '/api/push-subscriptions/{id}',
  summary: 'Send nothing to one of my browsers any more',
  tags: ['notifications'],
  status: 204,
})
  .input(byId)
  .mutation(({ ctx, input }) => removeSubscription(ctx, input.id));
