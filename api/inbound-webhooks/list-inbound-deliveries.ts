import { inboundDeliveryListSchema, inboundDeliverySchema } from '../../shared/inbound/inbound-schemas.ts';
import { inboundDeliveryPage } from '../../shared/inbound/server/inbound-delivery-service.ts';
import { pageOf } from '../../shared/platform/page-schemas.ts';
import { byId } from '../common-inputs.ts';
import { procedure } from '../trpc.ts';

export const listInboundDeliveries = procedure('inbound_webhooks.read', {
  method: 'GET',
  path: '/api/inbound-webhooks/{id}/deliveries',
  summary: 'List the deliveries that an endpoint has accepted, newest first',
  tags: ['inbound webhooks'],
})
  .input(inboundDeliveryListSchema.extend(byId.shape))
  .output(pageOf(inboundDeliverySchema))
  .query(({ ctx, input }) => inboundDeliveryPage(ctx, input));
