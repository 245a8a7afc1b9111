import { discardToolDraft as discard } from '../../shared/tools/server/tool-drafts.ts';
import { byId } from '../common-inputs.ts';
import { procedure } from '../trpc.ts';

export const discardToolDraft = procedure('tools.write', {
  method: 'DELETE',
  path: '/api/tools/{id}/draft',
  summary: 'Discard the draft of a tool; a tool that was never published is archived',
  tags: ['tools'],
  status: 204,
})
  .input(byId)
  .mutation(({ ctx, input }) => discard(ctx, input.id));
