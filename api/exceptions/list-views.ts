import { exceptionViewSchema } from '../../shared/exceptions/exception-schemas.ts';
import { readViews } from '../../shared/exceptions/server/saved-views.ts';
import { wholeList } from '../common-inputs.ts';
import { procedure } from '../trpc.ts';

export const listViews = procedure('exceptions.read', {
  method: 'GET',
  path: '/api/exception-views',
  summary: 'List my saved views',
  tags: ['exceptions'],
})
  .output(wholeList(exceptionViewSchema))
  .query(async ({ ctx }) => ({ items: await readViews(ctx), nextCursor: null }));
