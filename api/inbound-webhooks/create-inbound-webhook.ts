import { z } from 'zod';
import {
  inboundWebhookWithSecretSchema,
  newInboundWebhookSchema,
} from '../../shared/inbound/inbound-schemas.ts';
import { createInboundWebhook as create } from '../../shared/inbound/server/inbound-webhook-service.ts';
import { procedure } from '../trpc.ts';
import { inboundWebhookState } from './inbound-webhook-state.ts';

export const createInboundWebhook = procedure('inbound_webhooks.write', {
  method: 'POST',
  path: '/api/inbound-webhooks',
  summary: 'Add an endpoint; a secret that Interlock makes is shown only once',
  tags: ['inbound webhooks'],
  state: inboundWebhookState,
  status: 201,
  headers: { 'idempotency-key': 'idempotencyKey' },
})
  .input(newInboundWebhookSchema.extend({ idempotencyKey: z.string().min(1).max(255).optional() }))
  .output(inboundWebhookWithSecretSchema)
  .mutation(({ ctx, input: { idempotencyKey, ...input } }) => create(ctx, input, idempotencyKey));
