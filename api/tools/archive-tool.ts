import { archiveTool as archive } from '../../shared/tools/server/manage-tool.ts';
import { byId } from '../common-inputs.ts';
import { procedure } from '../trpc.ts';

export const archiveTool = procedure('tools.write', {
  method: 'DELETE',
  path: '/api/tools/{id}',
  summary: 'Archive a tool and keep its history',
  tags: ['tools'],
  status: 204,
})
  .input(byId)
  .mutation(({ ctx, input }) => archive(ctx, input.id));
