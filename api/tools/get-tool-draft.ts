import { readToolDraft } from '../../shared/tools/server/tool-drafts.ts';
import { toolDraftSchema } from '../../shared/tools/tool-schemas.ts';
import { byId } from '../common-inputs.ts';
import { procedure } from '../trpc.ts';

export const getToolDraft = procedure('tools.read', {
  method: 'GET',
  path: '/api/tools/{id}/draft',
  summary: 'Show the draft of a tool, and how it differs from the current version',
  tags: ['tools'],
})
  .input(byId)
  .output(toolDraftSchema)
  .query(({ ctx, input }) => readToolDraft(ctx, input.id));
