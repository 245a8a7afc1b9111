import { assertToolUnused } from '../../shared/playbooks/server/tool-uses.ts';
import { archiveTool as archive } from '../../shared/tools/server/manage-tool.ts';
import { byId, flag, ifMatch } from '../common-inputs.ts';
import { procedure } from '../trpc.ts';

export const archiveTool = procedure('tools.write', {
  method: 'DELETE',
  path: '/api/tools/{id}',
  summary: 'Archive a tool and keep its history; one that playbooks use only with force',
  tags: ['tools'],
  headers: { 'if-match': 'ifMatch' },
  status: 204,
})
  .input(byId.extend({ force: flag, ifMatch }))
  .mutation(async ({ ctx, input }) => {
    if (!input.force) await assertToolUnused(ctx, input.id, 'archived');
    await archive(ctx, input.id, input.ifMatch);
  });
