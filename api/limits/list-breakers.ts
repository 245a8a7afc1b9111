import { breakerSchema } from '../../shared/limits/limit-schemas.ts';
import { readBreakers } from '../../shared/limits/server/breakers.ts';
import { wholeList } from '../common-inputs.ts';
import { procedure } from '../trpc.ts';

export const listBreakers = procedure('limits.read', {
  method: 'GET',
  path: '/api/breakers',
  summary: 'List the hosts whose calls were paused once, those that are paused now first',
  tags: ['limits'],
})
  .output(wholeList(breakerSchema))
  .query(async ({ ctx }) => ({ ...(await readBreakers(ctx)), nextCursor: null }));
