import { removeView as remove } from '../../shared/views/server/view-service.ts';
import { byId, ifMatch } from '../common-inputs.ts';
import { procedure } from '../trpc.ts';

export const removeView = procedure('views.write', {
  method: 'DELETE',
  path: '/api/saved-views/{id}',
  summary: 'Remove a view; for its owner, and shared ones for tenant admins',
  tags: ['saved views'],
  headers: { 'if-match': 'ifMatch' },
  status: 204,
})
  .input(byId.extend({ ifMatch }))
  .mutation(({ ctx, input }) => remove(ctx, input.id, input.ifMatch));
