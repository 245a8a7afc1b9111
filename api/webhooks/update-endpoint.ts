import { z } from 'zod';
import { updateEndpoint as update } from '../../shared/webhooks/server/write-endpoint.ts';
import { type WebhookEndpoint, webhookEndpointSchema } from '../../shared/webhooks/webhook-schemas.ts';
import { byId, ifMatch } from '../common-inputs.ts';
import { procedure } from '../trpc.ts';
import { endpointDescription, endpointEventTypes, endpointUrl } from './endpoint-inputs.ts';

export const updateEndpoint = procedure('webhooks.write', {
  method: 'PUT',
  path: '/api/webhooks/{id}',
  summary: 'Change, enable or disable an endpoint; disabling it fails its pending deliveries',
  tags: ['webhooks'],
  headers: { 'if-match': 'ifMatch' },
  state: ({ revision }: WebhookEndpoint) => revision,
})
  .input(
    byId.extend({
      url: endpointUrl.optional(),
      description: endpointDescription.optional(),
      eventTypes: endpointEventTypes.optional(),
      enabled: z.boolean().optional(),
      ifMatch,
    }),
  )
  .output(webhookEndpointSchema)
  .mutation(({ ctx, input: { id, ifMatch, ...changes } }) => update(ctx, id, changes, ifMatch));
