import { getTemplate as get } from '../../shared/templates/server/template-view.ts';
import { templateViewSchema } from '../../shared/templates/template-schemas.ts';
import { languageSchema } from '../../shared/words/languages.ts';
import { byId } from '../common-inputs.ts';
import { procedure } from '../trpc.ts';

export const getTemplate = procedure('tools.read', {
  method: 'GET',
  path: '/api/templates/{id}',
  summary: 'Get a ready-made tool, and what installing it needs',
  tags: ['templates'],
})
  .input(byId.extend({ language: languageSchema.optional().describe('Of the texts; left out: English') }))
  .output(templateViewSchema)
  .query(({ ctx, input }) => get(ctx, input.id, input.language));
