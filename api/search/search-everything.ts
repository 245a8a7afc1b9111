import { z } from 'zod';
import { foundSchema, searchInputSchema } from '../../shared/search/search-schemas.ts';
import { procedure } from '../trpc.ts';
import { find } from './find.ts';

export const searchEverything = procedure('search.read', {
  method: 'GET',
  path: '/api/search',
  summary: 'Find what the caller may list, by words, names, numbers and ids; the best first',
  tags: ['search'],
})
  .input(searchInputSchema)
  .output(z.object({ items: z.array(foundSchema) }))
  .query(async ({ ctx, input }) => ({ items: await find(ctx, input) }));
