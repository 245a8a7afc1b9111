import { z } from 'zod';
import { exceptionFilterSchema, exceptionViewSchema } from '../../shared/exceptions/exception-schemas.ts';
import { saveView as save } from '../../shared/exceptions/server/saved-views.ts';
import { procedure } from '../trpc.ts';

export const saveView = procedure('exceptions.read', {
  method: 'POST',
  path: '/api/exception-views',
  summary: 'Save a view',
  tags: ['exceptions'],
  status: 201,
})
  .input(z.object({ name: z.string().trim().min(1).max(80), filter: exceptionFilterSchema }))
  .output(exceptionViewSchema)
  .mutation(({ ctx, input }) => save(ctx, input));
