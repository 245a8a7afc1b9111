import { policySchema } from '../../shared/policies/policy-schemas.ts';
import { reactivatePolicy } from '../../shared/policies/server/policy-service.ts';
import { byId } from '../common-inputs.ts';
import { procedure } from '../trpc.ts';
import { policyState } from './policy-state.ts';

export const unarchivePolicy = procedure('policies.write', {
  method: 'POST',
  path: '/api/policies/{id}/restore',
  summary: 'Put an archived policy in force again, enabled or disabled as it was',
  tags: ['policies'],
  state: policyState,
  errors: [409],
})
  .input(byId)
  .output(policySchema)
  .mutation(({ ctx, input }) => reactivatePolicy(ctx, input.id));
