import { policyVersionSchema } from '../../shared/policies/policy-schemas.ts';
import { readPolicyVersions } from '../../shared/policies/server/policy-service.ts';
import { byId, wholeList } from '../common-inputs.ts';
import { procedure } from '../trpc.ts';

export const listPolicyVersions = procedure('policies.read', {
  method: 'GET',
  path: '/api/policies/{id}/versions',
  summary: 'List what a policy has said, newest first',
  tags: ['policies'],
})
  .input(byId)
  .output(wholeList(policyVersionSchema))
  .query(async ({ ctx, input }) => ({ items: await readPolicyVersions(ctx, input.id), nextCursor: null }));
