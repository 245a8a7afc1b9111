import { readSuggestions } from '../../shared/exceptions/server/read-suggestions.ts';
import { suggestionsSchema } from '../../shared/exceptions/suggestion-schemas.ts';
import { byId } from '../common-inputs.ts';
import { procedure } from '../trpc.ts';

export const getSuggestions = procedure('exceptions.read', {
  method: 'GET',
  path: '/api/exceptions/{id}/suggestions',
  summary: 'Count what was run and started on like exceptions that are resolved',
  tags: ['exceptions'],
})
  .input(byId)
  .output(suggestionsSchema)
  .query(({ ctx, input }) => readSuggestions(ctx, input.id));
