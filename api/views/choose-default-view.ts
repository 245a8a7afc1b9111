import { z } from 'zod';
import { chooseDefault } from '../../shared/views/server/view-service.ts';
import { viewLists } from '../../shared/views/view-schemas.ts';
import { procedure } from '../trpc.ts';

export const chooseDefaultView = procedure('views.write', {
  method: 'PUT',
  path: '/api/saved-view-defaults/{list}',
  summary: 'Choose the view that a list opens with, for me; null: none',
  tags: ['saved views'],
  status: 204,
})
  .input(z.object({ list: z.enum(viewLists), viewId: z.string().nullable() }))
  .mutation(({ ctx, input }) => chooseDefault(ctx, input.list, input.viewId));
