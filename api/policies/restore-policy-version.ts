import { policySchema } from '../../shared/policies/policy-schemas.ts';
import { restorePolicy } from '../../shared/policies/server/policy-service.ts';
import { byId, ifMatch, versionNumber } from '../common-inputs.ts';
import { procedure } from '../trpc.ts';
import { policyState } from './policy-state.ts';

export const restorePolicyVersion = procedure('policies.write', {
  method: 'POST',
  path: '/api/policies/{id}/versions/{version}/restore',
  summary: 'Make what a policy said before its new version; it counts at once for every call',
  tags: ['policies'],
  headers: { 'if-match': 'ifMatch' },
  state: policyState,
})
  .input(byId.extend({ version: versionNumber, ifMatch }))
  .output(policySchema)
  .mutation(({ ctx, input: { id, version, ifMatch } }) => restorePolicy(ctx, id, version, ifMatch));
