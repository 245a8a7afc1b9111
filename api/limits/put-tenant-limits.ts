import { limitsSchema } from '../../shared/limits/limit-schemas.ts';
import { writeLimits } from '../../shared/limits/server/limits.ts';
import { callLimitsSchema } from '../../shared/tools/call-limits.ts';
import { ifMatch } from '../common-inputs.ts';
import { procedure } from '../trpc.ts';
import { limitsState } from './limits-state.ts';

export const putTenantLimits = procedure('limits.write', {
  method: 'PUT',
  path: '/api/limits/tenant',
  summary: 'Set what limits all calls of this tenant; it counts for the next call',
  tags: ['limits'],
  headers: { 'if-match': 'ifMatch' },
  state: limitsState,
})
  .input(callLimitsSchema.extend({ ifMatch }))
  .output(limitsSchema)
  .mutation(({ ctx, input: { ifMatch, ...input } }) => writeLimits(ctx, input, ifMatch));
