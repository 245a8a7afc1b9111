import { policySchema } from '../../shared/policies/policy-schemas.ts';
import { readOnePolicy } from '../../shared/policies/server/policy-service.ts';
import { byId } from '../common-inputs.ts';
import { procedure } from '../trpc.ts';
import { policyState } from './policy-state.ts';

export const getPolicy = procedure('policies.read', {
  method: 'GET',
  path: '/api/policies/{id}',
  summary: 'Get a policy',
  tags: ['policies'],
  state: policyState,
})
  .input(byId)
  .output(policySchema)
  .query(({ ctx, input }) => readOnePolicy(ctx, input.id));
