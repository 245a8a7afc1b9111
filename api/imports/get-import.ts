import { z } from 'zod';
import { importViewSchema } from '../../shared/imports/import-schemas.ts';
import { getImport as get } from '../../shared/imports/server/import-view.ts';
import { procedure } from '../trpc.ts';

export const getImport = procedure('tools.write', {
  method: 'GET',
  path: '/api/imports/{id}',
  summary: 'Get an import, compared with the tools that there are now',
  tags: ['imports'],
})
  .input(z.object({ id: z.string() }))
  .output(importViewSchema)
  .query(({ ctx, input }) => get(ctx, input.id));
