import { pageOf } from '../../shared/platform/page-schemas.ts';
import { toolPage } from '../../shared/tools/server/read-tools.ts';
import { toolListInputSchema, toolSummarySchema } from '../../shared/tools/tool-schemas.ts';
import { procedure } from '../trpc.ts';

export const listTools = procedure('tools.read', {
  method: 'GET',
  path: '/api/tools',
  summary: 'List the tools that this tenant sees',
  tags: ['tools'],
})
  .input(toolListInputSchema)
  .output(pageOf(toolSummarySchema))
  .query(({ ctx, input }) => toolPage(ctx, input));
