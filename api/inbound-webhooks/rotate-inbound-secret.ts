import {
  inboundWebhookWithSecretSchema,
  rotateInboundSecretSchema,
} from '../../shared/inbound/inbound-schemas.ts';
import { rotateInboundSecret as rotate } from '../../shared/inbound/server/inbound-webhook-service.ts';
import { byId, ifMatch } from '../common-inputs.ts';
import { procedure } from '../trpc.ts';
import { inboundWebhookState } from './inbound-webhook-state.ts';

export const rotateInboundSecret = procedure('inbound_webhooks.write', {
  method: 'POST',
  path: '/api/inbound-webhooks/{id}/rotate-secret',
  summary: 'Replace the secret; the one before stays valid for the overlap',
  tags: ['inbound webhooks'],
  headers: { 'if-match': 'ifMatch' },
  state: inboundWebhookState,
})
  .input(rotateInboundSecretSchema.extend({ ...byId.shape, ifMatch }))
  .output(inboundWebhookWithSecretSchema)
  .mutation(({ ctx, input: { id, ifMatch, ...input } }) => rotate(ctx, id, input, ifMatch));
