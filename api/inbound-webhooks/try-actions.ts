import { triedActionsSchema, tryActionsInputSchema } from '../../shared/inbound/inbound-schemas.ts';
import { tryActions as tryThem } from '../../shared/inbound/server/try-actions.ts';
import { procedure } from '../trpc.ts';

export const tryActions = procedure('inbound_webhooks.read', {
  method: 'POST',
  path: '/api/inbound-webhooks/try',
  summary: 'Ask what actions would do with a body; nothing is changed',
  tags: ['inbound webhooks'],
})
  .input(tryActionsInputSchema)
  .output(triedActionsSchema)
  .mutation(({ ctx, input }) => tryThem(ctx, input));
