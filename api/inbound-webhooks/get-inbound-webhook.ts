import { inboundWebhookSchema } from '../../shared/inbound/inbound-schemas.ts';
import { readOneInboundWebhook } from '../../shared/inbound/server/inbound-webhook-service.ts';
import { byId } from '../common-inputs.ts';
import { procedure } from '../trpc.ts';
import { inboundWebhookState } from './inbound-webhook-state.ts';

export const getInboundWebhook = procedure('inbound_webhooks.read', {
  method: 'GET',
  path: '/api/inbound-webhooks/{id}',
  summary: 'Get an endpoint with its actions, and how many deliveries it has turned away',
  tags: ['inbound webhooks'],
  state: inboundWebhookState,
})
  .input(byId)
  .output(inboundWebhookSchema)
  .query(({ ctx, input }) => readOneInboundWebhook(ctx, input.id));
