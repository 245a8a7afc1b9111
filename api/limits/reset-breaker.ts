import { breakerSchema } from '../../shared/limits/limit-schemas.ts';
import { resetBreaker as reset } from '../../shared/limits/server/breakers.ts';
import { byId } from '../common-inputs.ts';
import { procedure } from '../trpc.ts';

export const resetBreaker = procedure('limits.write', {
  method: 'POST',
  path: '/api/breakers/{id}/reset',
  summary: 'Close a breaker, so that calls leave again',
  tags: ['limits'],
})
  .input(byId)
  .output(breakerSchema)
  .mutation(({ ctx, input }) => reset(ctx, input.id));
