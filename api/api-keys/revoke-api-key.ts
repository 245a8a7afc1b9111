import { revokeApiKey as revoke } from '../../shared/people/server/api-keys.ts';
import { byId } from '../common-inputs.ts';
import { procedure } from '../trpc.ts';

export const revokeApiKey = procedure('api_keys.write', {
  method: 'DELETE',
  path: '/api/api-keys/{id}',
  summary: 'Revoke an API key; it stops working within ten seconds',
  tags: ['API keys'],
  status: 204,
})
  .input(byId)
  .mutation(async ({ ctx, input }) => {
    const { name } = await revoke(ctx, input.id);
    await ctx.services.runs.releaseClaims(ctx, {
      actorIds: [input.id],
      reason: `the API key ${name} was revoked`,
    });
  });
