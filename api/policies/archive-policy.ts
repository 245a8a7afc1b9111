import { archivePolicy as archive } from '../../shared/policies/server/policy-service.ts';
import { byId, ifMatch } from '../common-inputs.ts';
import { procedure } from '../trpc.ts';

export const archivePolicy = procedure('policies.write', {
  method: 'DELETE',
  path: '/api/policies/{id}',
  summary: 'Archive a policy; executions keep what it decided',
  tags: ['policies'],
  headers: { 'if-match': 'ifMatch' },
  status: 204,
})
  .input(byId.extend({ ifMatch }))
  .mutation(({ ctx, input }) => archive(ctx, input.id, input.ifMatch));
