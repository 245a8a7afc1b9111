import { z } from 'zod';
import { assertToolUnused } from '../../shared/playbooks/server/tool-uses.ts';
import { readTool } from '../../shared/tools/server/read-tools.ts';
import { updateTool as update } from '../../shared/tools/server/write-tool.ts';
import { toolViewSchema } from '../../shared/tools/tool-schemas.ts';
import { anyObject, byId, flag, ifMatch } from '../common-inputs.ts';
import { procedure } from '../trpc.ts';
import { toolState } from './tool-state.ts';

export const updateTool = procedure('tools.write', {
  method: 'PUT',
  path: '/api/tools/{id}',
  summary: 'Publish a new version of a tool; a new name for one that playbooks use only with force',
  tags: ['tools'],
  state: toolState,
  bodyField: 'definition',
  headers: { 'if-match': 'ifMatch', 'x-change-note': 'note' },
  query: ['force'],
})
  .input(byId.extend({ definition: anyObject, note: z.string().max(500).optional(), force: flag, ifMatch }))
  .output(toolViewSchema)
  .mutation(async ({ ctx, input }) => {
    const beforeRename = input.force ? undefined : () => assertToolUnused(ctx, input.id, 'renamed');
    await update(ctx, input.id, input.definition, {
      note: input.note ?? null,
      beforeRename,
      ifMatch: input.ifMatch,
    });
    return readTool(ctx, input.id);
  });
