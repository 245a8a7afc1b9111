import { z } from 'zod';
import { createEndpoint as create } from '../../shared/webhooks/server/write-endpoint.ts';
import { webhookEndpointWithSecretSchema } from '../../shared/webhooks/webhook-schemas.ts';
import { procedure } from '../trpc.ts';
import { endpointDescription, endpointEventTypes, endpointUrl } from './endpoint-inputs.ts';

export const createEndpoint = procedure('webhooks.write', {
  method: 'POST',
  path: '/api/webhooks',
  summary: 'Add an endpoint; its signing secret is shown only once',
  tags: ['webhooks'],
  status: 201,
})
  .input(
    z.object({
      url: endpointUrl,
      description: endpointDescription.default(''),
      eventTypes: endpointEventTypes.default([]),
    }),
  )
  .output(webhookEndpointWithSecretSchema)
  .mutation(({ ctx, input }) => create(ctx, input));
