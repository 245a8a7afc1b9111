import { readToolVersions } from '../../shared/tools/server/read-tools.ts';
import { toolVersionSchema } from '../../shared/tools/tool-schemas.ts';
import { byId, wholeList } from '../common-inputs.ts';
import { procedure } from '../trpc.ts';

export const listToolVersions = procedure('tools.read', {
  method: 'GET',
  path: '/api/tools/{id}/versions',
  summary: 'List every version of a tool, newest first',
  tags: ['tools'],
})
  .input(byId)
  .output(wholeList(toolVersionSchema))
  .query(async ({ ctx, input }) => ({ items: await readToolVersions(ctx, input.id), nextCursor: null }));
