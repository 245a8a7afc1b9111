import { z } from 'zod';
import { readTool } from '../../shared/tools/server/read-tools.ts';
import { createTool as create } from '../../shared/tools/server/write-tool.ts';
import { toolViewSchema } from '../../shared/tools/tool-schemas.ts';
import { anyObject } from '../common-inputs.ts';
import { procedure } from '../trpc.ts';
import { toolState } from './tool-state.ts';

export const createTool = procedure('tools.write', {
  method: 'POST',
  path: '/api/tools',
  summary: 'Create a tool',
  tags: ['tools'],
  state: toolState,
  status: 201,
  bodyField: 'definition',
})
  .input(z.object({ definition: anyObject }))
  .output(toolViewSchema)
  .mutation(async ({ ctx, input }) => readTool(ctx, await create(ctx, input.definition)));
