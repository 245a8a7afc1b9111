import { pageOf } from '../../shared/platform/page-schemas.ts';
import { listTemplates as list } from '../../shared/templates/server/template-catalog.ts';
import { templateListInputSchema, templateSummarySchema } from '../../shared/templates/template-schemas.ts';
import { procedure } from '../trpc.ts';

export const listTemplates = procedure('tools.read', {
  method: 'GET',
  path: '/api/templates',
  summary: 'List ready-made tools',
  tags: ['templates'],
})
  .input(templateListInputSchema)
  .output(pageOf(templateSummarySchema))
  .query(({ input }) => list(input));
