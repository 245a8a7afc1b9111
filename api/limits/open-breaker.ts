import { breakerSchema, holdHostSchema } from '../../shared/limits/limit-schemas.ts';
import { holdBreaker } from '../../shared/limits/server/breakers.ts';
import { byId } from '../common-inputs.ts';
import { procedure } from '../trpc.ts';

export const openBreaker = procedure('limits.write', {
  method: 'POST',
  path: '/api/breakers/{id}/open',
  summary: 'Hold the calls to the host of a breaker until someone resets it',
  tags: ['limits'],
})
  .input(byId.extend({ reason: holdHostSchema.shape.reason.default('Held by hand.') }))
  .output(breakerSchema)
  .mutation(({ ctx, input }) => holdBreaker(ctx, input.id, input.reason));
