import { assertToolUnused } from '../../shared/playbooks/server/tool-uses.ts';
import { readTool } from '../../shared/tools/server/read-tools.ts';
import { restoreTool } from '../../shared/tools/server/write-tool.ts';
import { toolViewSchema } from '../../shared/tools/tool-schemas.ts';
import { byId, flag, ifMatch, versionNumber } from '../common-inputs.ts';
import { procedure } from '../trpc.ts';
import { toolState } from './tool-state.ts';

export const restoreToolVersion = procedure('tools.write', {
  method: 'POST',
  path: '/api/tools/{id}/versions/{version}/restore',
  summary: 'Publish an old version of a tool as the new one',
  tags: ['tools'],
  headers: { 'if-match': 'ifMatch' },
  state: toolState,
})
  .input(byId.extend({ version: versionNumber, force: flag, ifMatch }))
  .output(toolViewSchema)
  .mutation(async ({ ctx, input }) => {
    const beforeRename = input.force ? undefined : () => assertToolUnused(ctx, input.id, 'renamed');
    await restoreTool(ctx, input.id, input.version, { beforeRename, ifMatch: input.ifMatch });
    return readTool(ctx, input.id);
  });
