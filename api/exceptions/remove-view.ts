import { removeView as remove } from '../../shared/exceptions/server/saved-views.ts';
import { byId } from '../common-inputs.ts';
import { procedure } from '../trpc.ts';

export const removeView = procedure('exceptions.read', {
  method: 'DELETE',
  path: '/api/exception-views/{id}',
  summary: 'Remove one of my views',
  tags: ['exceptions'],
  status: 204,
})
  .input(byId)
  .mutation(({ ctx, input }) => remove(ctx, input.id));
