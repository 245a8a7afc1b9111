import { readToolDiff } from '../../shared/tools/server/read-tools.ts';
import { toolDiffSchema } from '../../shared/tools/tool-schemas.ts';
import { byId, versionNumber } from '../common-inputs.ts';
import { procedure } from '../trpc.ts';

export const diffToolVersions = procedure('tools.read', {
  method: 'GET',
  path: '/api/tools/{id}/diff',
  summary: 'Compare two versions of a tool',
  tags: ['tools'],
})
  .input(byId.extend({ from: versionNumber, to: versionNumber }))
  .output(toolDiffSchema)
  .query(({ ctx, input }) => readToolDiff(ctx, input));
