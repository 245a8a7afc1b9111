import { rotateSecret as rotate } from '../../shared/webhooks/server/write-endpoint.ts';
import { webhookEndpointWithSecretSchema } from '../../shared/webhooks/webhook-schemas.ts';
import { byId } from '../common-inputs.ts';
import { procedure } from '../trpc.ts';

export const rotateSecret = procedure('webhooks.write', {
  method: 'POST',
  path: '/api/webhooks/{id}/rotate-secret',
  summary: 'Make a new signing secret, shown only once; the old one stays valid for a day',
  tags: ['webhooks'],
})
  .input(byId)
  .output(webhookEndpointWithSecretSchema)
  .mutation(({ ctx, input }) => rotate(ctx, input.id));
