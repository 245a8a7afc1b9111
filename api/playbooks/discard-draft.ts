import { discardDraft as discard } from '../../shared/playbooks/server/playbook-service.ts';
import { byId, ifMatch } from '../common-inputs.ts';
import { procedure } from '../trpc.ts';

export const discardDraft = procedure('playbooks.write', {
  method: 'DELETE',
  path: '/api/playbooks/{id}/draft',
  summary: 'Discard the draft; the published version stays',
  tags: ['playbooks'],
  headers: { 'if-match': 'ifMatch' },
  status: 204,
})
  .input(byId.extend({ ifMatch }))
  .mutation(({ ctx, input }) => discard(ctx, input.id, input.ifMatch));
