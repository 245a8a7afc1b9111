import { z } from 'zod';
import { pageInput, pageOf } from '../../shared/platform/page-schemas.ts';
import { deliveryPage } from '../../shared/webhooks/server/deliveries.ts';
import { webhookDeliverySchema } from '../../shared/webhooks/webhook-schemas.ts';
import { byId } from '../common-inputs.ts';
import { procedure } from '../trpc.ts';

export const listDeliveries = procedure('webhooks.read', {
  method: 'GET',
  path: '/api/webhooks/{id}/deliveries',
  summary: 'List the deliveries to an endpoint with their attempts, newest first',
  tags: ['webhooks'],
})
  .input(byId.extend({ ...pageInput, status: z.enum(['pending', 'delivered', 'failed']).optional() }))
  .output(pageOf(webhookDeliverySchema))
  .query(({ ctx, input }) => deliveryPage(ctx, input));
