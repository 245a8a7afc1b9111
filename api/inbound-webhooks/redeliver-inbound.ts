import { inboundDeliveryDetailSchema, redeliverInputSchema } from '../../shared/inbound/inbound-schemas.ts';
import { redeliverInbound as redeliver } from '../../shared/inbound/server/inbound-delivery-service.ts';
import { byId } from '../common-inputs.ts';
import { procedure } from '../trpc.ts';

export const redeliverInbound = procedure('inbound_webhooks.write', {
  method: 'POST',
  path: '/api/inbound-webhooks/deliveries/{id}/redeliver',
  summary: 'Process a delivery again, with the actions of today; what has succeeded is not done twice',
  tags: ['inbound webhooks'],
})
  .input(redeliverInputSchema.extend(byId.shape))
  .output(inboundDeliveryDetailSchema)
  .mutation(({ ctx, input }) => redeliver(ctx, input));
