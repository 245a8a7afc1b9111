import { inboundDeliveryDetailSchema } from '../../shared/inbound/inbound-schemas.ts';
import { readOneInboundDelivery } from '../../shared/inbound/server/inbound-delivery-service.ts';
import { byId } from '../common-inputs.ts';
import { procedure } from '../trpc.ts';

export const getInboundDelivery = procedure('inbound_webhooks.read', {
  method: 'GET',
  path: '/api/inbound-webhooks/deliveries/{id}',
  summary: 'Get a delivery with its headers, its body and the result of each action',
  tags: ['inbound webhooks'],
})
  .input(byId)
  .output(inboundDeliveryDetailSchema)
  .query(({ ctx, input }) => readOneInboundDelivery(ctx, input.id));
