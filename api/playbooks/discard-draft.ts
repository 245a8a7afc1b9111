import { discardDraft as discard } from '../../shared/playbooks/server/playbook-service.ts';
import { byId } from '../common-inputs.ts';
import { procedure } from '../trpc.ts';

export const discardDraft = procedure('playbooks.write', {
  method: 'DELETE',
  path: '/api/playbooks/{id}/draft',
  summary: 'Discard the draft; the published version stays',
  tags: ['playbooks'],
  status: 204,
})
  .input(byId)
  .mutation(({ ctx, input }) => discard(ctx, input.id));
