import { readEndpoints } from '../../shared/webhooks/server/write-endpoint.ts';
import { webhookEndpointSchema } from '../../shared/webhooks/webhook-schemas.ts';
import { wholeList } from '../common-inputs.ts';
import { procedure } from '../trpc.ts';

export const listEndpoints = procedure('webhooks.read', {
  method: 'GET',
  path: '/api/webhooks',
  summary: 'List the endpoints that receive events',
  tags: ['webhooks'],
})
  .output(wholeList(webhookEndpointSchema))
  .query(async ({ ctx }) => ({ items: await readEndpoints(ctx), nextCursor: null }));
