import { createView as create } from '../../shared/views/server/view-service.ts';
import { newViewSchema, viewSchema } from '../../shared/views/view-schemas.ts';
import { procedure } from '../trpc.ts';
import { viewState } from './view-state.ts';

export const createView = procedure('views.write', {
  method: 'POST',
  path: '/api/saved-views',
  summary: 'Save a view of a list: filters, columns and density, for me or for everyone',
  tags: ['saved views'],
  state: viewState,
  status: 201,
  errors: [409],
})
  .input(newViewSchema)
  .output(viewSchema)
  .mutation(({ ctx, input }) => create(ctx, input));
