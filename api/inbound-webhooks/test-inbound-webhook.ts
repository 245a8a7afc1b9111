import { testedInboundSchema, testInboundInputSchema } from '../../shared/inbound/inbound-schemas.ts';
import { testInbound } from '../../shared/inbound/server/test-inbound.ts';
import { byId } from '../common-inputs.ts';
import { procedure } from '../trpc.ts';

export const testInboundWebhook = procedure('inbound_webhooks.write', {
  method: 'POST',
  path: '/api/inbound-webhooks/{id}/test',
  summary: 'Sign a sample with the secret of an endpoint and deliver it; its actions take effect',
  tags: ['inbound webhooks'],
})
  .input(testInboundInputSchema.extend(byId.shape))
  .output(testedInboundSchema)
  .mutation(({ ctx, input }) => testInbound(ctx, input.id, input.body));
