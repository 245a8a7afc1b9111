import { holdSchema, newHoldSchema } from '../../shared/retention/hold-schemas.ts';
import { placeHold } from '../../shared/retention/server/legal-holds.ts';
import { procedure } from '../trpc.ts';

export const placeLegalHold = procedure('legal_holds.write', {
  method: 'POST',
  path: '/api/legal-holds',
  summary: 'Place a legal hold: nothing that it covers is removed until it is released',
  tags: ['legal holds'],
  status: 201,
  headers: { 'idempotency-key': 'idempotencyKey' },
})
  .input(newHoldSchema)
  .output(holdSchema)
  .mutation(({ ctx, input }) => placeHold(ctx, input));
