import { inboundWebhookChangesSchema, inboundWebhookSchema } from '../../shared/inbound/inbound-schemas.ts';
import { updateInboundWebhookById } from '../../shared/inbound/server/inbound-webhook-service.ts';
import { byId, ifMatch } from '../common-inputs.ts';
import { procedure } from '../trpc.ts';
import { inboundWebhookState } from './inbound-webhook-state.ts';

export const updateInboundWebhook = procedure('inbound_webhooks.write', {
  method: 'PUT',
  path: '/api/inbound-webhooks/{id}',
  summary: 'Change, enable or disable an endpoint; fields that are left out stay',
  tags: ['inbound webhooks'],
  headers: { 'if-match': 'ifMatch' },
  state: inboundWebhookState,
})
  .input(inboundWebhookChangesSchema.extend({ ...byId.shape, ifMatch }))
  .output(inboundWebhookSchema)
  .mutation(({ ctx, input: { id, ifMatch, ...changes } }) =>
    updateInboundWebhookById(ctx, id, changes, ifMatch),
  );
