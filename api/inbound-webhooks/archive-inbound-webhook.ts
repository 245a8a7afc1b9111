import { archiveInboundWebhook as archive } from '../../shared/inbound/server/inbound-webhook-service.ts';
import { byId, ifMatch } from '../common-inputs.ts';
import { procedure } from '../trpc.ts';

export const archiveInboundWebhook = procedure('inbound_webhooks.write', {
  method: 'DELETE',
  path: '/api/inbound-webhooks/{id}',
  summary: 'Remove an endpoint and keep its deliveries; its URL is not found from then on',
  tags: ['inbound webhooks'],
  headers: { 'if-match': 'ifMatch' },
  status: 204,
})
  .input(byId.extend({ ifMatch }))
  .mutation(({ ctx, input }) => archive(ctx, input.id, input.ifMatch));
