import { restoreEndpoint } from '../../shared/webhooks/server/write-endpoint.ts';
import { webhookEndpointSchema } from '../../shared/webhooks/webhook-schemas.ts';
import { byId } from '../common-inputs.ts';
import { procedure } from '../trpc.ts';

export const unarchiveEndpoint = procedure('webhooks.write', {
  method: 'POST',
  path: '/api/webhooks/{id}/restore',
  summary: 'Restore an endpoint that was removed, disabled',
  tags: ['webhooks'],
  errors: [409],
})
  .input(byId)
  .output(webhookEndpointSchema)
  .mutation(({ ctx, input }) => restoreEndpoint(ctx, input.id));
