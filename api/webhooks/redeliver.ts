import { redeliver as send } from '../../shared/webhooks/server/deliveries.ts';
import { webhookDeliverySchema } from '../../shared/webhooks/webhook-schemas.ts';
import { byId } from '../common-inputs.ts';
import { procedure } from '../trpc.ts';

export const redeliver = procedure('webhooks.write', {
  method: 'POST',
  path: '/api/webhooks/deliveries/{id}/redeliver',
  summary: 'Send a delivery again, now',
  tags: ['webhooks'],
})
  .input(byId)
  .output(webhookDeliverySchema)
  .mutation(({ ctx, input }) => send(ctx, input.id));
