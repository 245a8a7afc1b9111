import { holdSchema, releaseHoldSchema } from '../../shared/retention/hold-schemas.ts';
import { releaseHold } from '../../shared/retention/server/legal-holds.ts';
import { procedure } from '../trpc.ts';

export const releaseLegalHold = procedure('legal_holds.write', {
  method: 'POST',
  path: '/api/legal-holds/{id}/release',
  summary: 'Release a legal hold, with a reason; what it covered may go with the next removal',
  tags: ['legal holds'],
})
  .input(releaseHoldSchema)
  .output(holdSchema)
  .mutation(({ ctx, input }) => releaseHold(ctx, input));
