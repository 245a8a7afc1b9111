import { archiveEndpoint as archive } from '../../shared/webhooks/server/write-endpoint.ts';
import { byId, ifMatch } from '../common-inputs.ts';
import { procedure } from '../trpc.ts';

export const archiveEndpoint = procedure('webhooks.write', {
  method: 'DELETE',
  path: '/api/webhooks/{id}',
  summary: 'Remove an endpoint and keep its deliveries',
  tags: ['webhooks'],
  headers: { 'if-match': 'ifMatch' },
  status: 204,
})
  .input(byId.extend({ ifMatch }))
  .mutation(({ ctx, input }) => archive(ctx, input.id, input.ifMatch));
