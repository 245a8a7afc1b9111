import { breakerSchema, holdHostSchema } from '../../shared/limits/limit-schemas.ts';
import { holdHost as hold } from '../../shared/limits/server/breakers.ts';
import { procedure } from '../trpc.ts';

export const holdHost = procedure('limits.write', {
  method: 'POST',
  path: '/api/breakers',
  summary: 'Hold the calls to a host until someone resets its breaker',
  tags: ['limits'],
  status: 201,
})
  .input(holdHostSchema)
  .output(breakerSchema)
  .mutation(({ ctx, input }) => hold(ctx, input));
