import { z } from 'zod';
import { replaceView } from '../../shared/views/server/view-service.ts';
import { viewContentSchema, viewSchema } from '../../shared/views/view-schemas.ts';
import { ifMatch } from '../common-inputs.ts';
import { procedure } from '../trpc.ts';
import { viewState } from './view-state.ts';

export const updateView = procedure('views.write', {
  method: 'PUT',
  path: '/api/saved-views/{id}',
  summary: 'Replace a view; for its owner, and shared ones for tenant admins',
  tags: ['saved views'],
  headers: { 'if-match': 'ifMatch' },
  state: viewState,
})
  .input(viewContentSchema.extend({ id: z.string(), ifMatch }))
  .output(viewSchema)
  .mutation(({ ctx, input: { id, ifMatch, ...content } }) => replaceView(ctx, id, content, ifMatch));
