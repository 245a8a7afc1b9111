import { readTool } from '../../shared/tools/server/read-tools.ts';
import { toolViewSchema } from '../../shared/tools/tool-schemas.ts';
import { byId } from '../common-inputs.ts';
import { procedure } from '../trpc.ts';
import { toolState } from './tool-state.ts';

export const getTool = procedure('tools.read', {
  method: 'GET',
  path: '/api/tools/{id}',
  summary: 'Get a tool at its current version',
  tags: ['tools'],
  state: toolState,
})
  .input(byId)
  .output(toolViewSchema)
  .query(({ ctx, input }) => readTool(ctx, input.id));
