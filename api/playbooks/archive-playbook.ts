import { archive } from '../../shared/playbooks/server/playbook-service.ts';
import { byId, ifMatch } from '../common-inputs.ts';
import { procedure } from '../trpc.ts';

export const archivePlaybook = procedure('playbooks.write', {
  method: 'DELETE',
  path: '/api/playbooks/{id}',
  summary: 'Archive a playbook; its runs continue and its history is kept',
  tags: ['playbooks'],
  headers: { 'if-match': 'ifMatch' },
  status: 204,
})
  .input(byId.extend({ ifMatch }))
  .mutation(({ ctx, input }) => archive(ctx, input.id, input.ifMatch));
