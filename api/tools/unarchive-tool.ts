import { restoreTool } from '../../shared/tools/server/manage-tool.ts';
import { readTool } from '../../shared/tools/server/read-tools.ts';
import { toolViewSchema } from '../../shared/tools/tool-schemas.ts';
import { byId } from '../common-inputs.ts';
import { procedure } from '../trpc.ts';
import { toolState } from './tool-state.ts';

export const unarchiveTool = procedure('tools.write', {
  method: 'POST',
  path: '/api/tools/{id}/restore',
  summary: 'Restore an archived tool, enabled or disabled as it was',
  tags: ['tools'],
  state: toolState,
  errors: [409],
})
  .input(byId)
  .output(toolViewSchema)
  .mutation(async ({ ctx, input }) => {
    await restoreTool(ctx, input.id);
    return readTool(ctx, input.id);
  });
