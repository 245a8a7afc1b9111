import { z } from 'zod';
import { readTool } from '../../shared/tools/server/read-tools.ts';
import { updateTool as update } from '../../shared/tools/server/write-tool.ts';
import { toolViewSchema } from '../../shared/tools/tool-schemas.ts';
import { anyObject, byId } from '../common-inputs.ts';
import { procedure } from '../trpc.ts';

export const updateTool = procedure('tools.write', {
  method: 'PUT',
  path: '/api/tools/{id}',
  summary: 'Publish a new version of a tool',
  tags: ['tools'],
  bodyField: 'definition',
  headers: { 'x-change-note': 'note' },
})
  .input(byId.extend({ definition: anyObject, note: z.string().max(500).optional() }))
  .output(toolViewSchema)
  .mutation(async ({ ctx, input }) => {
    await update(ctx, input.id, input.definition, input.note ?? null);
    return readTool(ctx, input.id);
  });
