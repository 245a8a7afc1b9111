import { limitsSchema } from '../../shared/limits/limit-schemas.ts';
import { readLimits } from '../../shared/limits/server/limits.ts';
import { procedure } from '../trpc.ts';
import { limitsState } from './limits-state.ts';

export const getLimits = procedure('limits.read', {
  method: 'GET',
  path: '/api/limits',
  summary: 'Get what limits the calls of this tenant, with its use now',
  tags: ['limits'],
  state: limitsState,
})
  .output(limitsSchema)
  .query(({ ctx }) => readLimits(ctx));
