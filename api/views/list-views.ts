import { z } from 'zod';
import { readViews } from '../../shared/views/server/view-service.ts';
import { viewLists, viewSchema } from '../../shared/views/view-schemas.ts';
import { wholeList } from '../common-inputs.ts';
import { procedure } from '../trpc.ts';

export const listViews = procedure('views.read', {
  method: 'GET',
  path: '/api/saved-views',
  summary: 'List the views of lists: my own and those that are shared',
  tags: ['saved views'],
})
  .input(z.object({ list: z.enum(viewLists).optional() }))
  .output(wholeList(viewSchema))
  .query(async ({ ctx, input }) => ({ items: await readViews(ctx, input.list), nextCursor: null }));
