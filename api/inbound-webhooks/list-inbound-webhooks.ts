import { inboundWebhookSchema } from '../../shared/inbound/inbound-schemas.ts';
import { readInboundWebhooks } from '../../shared/inbound/server/inbound-webhook-service.ts';
import { wholeList } from '../common-inputs.ts';
import { procedure } from '../trpc.ts';

export const listInboundWebhooks = procedure('inbound_webhooks.read', {
  method: 'GET',
  path: '/api/inbound-webhooks',
  summary: 'List the endpoints that receive from other systems',
  tags: ['inbound webhooks'],
})
  .output(wholeList(inboundWebhookSchema))
  .query(async ({ ctx }) => ({ items: await readInboundWebhooks(ctx), nextCursor: null }));
