import { inboundWebhookSchema } from '../../shared/inbound/inbound-schemas.ts';
import { restoreInboundWebhook } from '../../shared/inbound/server/inbound-webhook-service.ts';
import { byId } from '../common-inputs.ts';
import { procedure } from '../trpc.ts';
import { inboundWebhookState } from './inbound-webhook-state.ts';

export const unarchiveInboundWebhook = procedure('inbound_webhooks.write', {
  method: 'POST',
  path: '/api/inbound-webhooks/{id}/restore',
  summary: 'Restore an endpoint that was removed, disabled, at its old URL',
  tags: ['inbound webhooks'],
  state: inboundWebhookState,
  errors: [409],
})
  .input(byId)
  .output(inboundWebhookSchema)
  .mutation(({ ctx, input }) => restoreInboundWebhook(ctx, input.id));
