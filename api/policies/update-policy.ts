import { policySchema } from '../../shared/policies/policy-schemas.ts';
import { updatePolicyDocument } from '../../shared/policies/server/policy-service.ts';
import { anyObject, byId, ifMatch } from '../common-inputs.ts';
import { procedure } from '../trpc.ts';
import { policyState } from './policy-state.ts';

export const updatePolicy = procedure('policies.write', {
  method: 'PUT',
  path: '/api/policies/{id}',
  summary: 'Replace a policy; it counts at once for every call, those that are waiting included',
  tags: ['policies'],
  bodyField: 'policy',
  headers: { 'if-match': 'ifMatch' },
  state: policyState,
})
  .input(byId.extend({ policy: anyObject, ifMatch }))
  .output(policySchema)
  .mutation(({ ctx, input: { id, policy, ifMatch } }) => updatePolicyDocument(ctx, id, policy, ifMatch));
