import { z } from 'zod';
import { archivedSchema } from '../../shared/archived/archived-schemas.ts';
import { archivedTypes } from '../../shared/archived/archived-types.ts';
import { readArchived } from '../../shared/archived/server/read-archived.ts';
import { procedure } from '../trpc.ts';

export const getArchived = procedure('archived.read', {
  method: 'GET',
  path: '/api/archived/{type}/{id}',
  summary: 'Get who archived something, and when',
  tags: ['archived'],
})
  .input(z.object({ type: z.enum(archivedTypes), id: z.string() }))
  .output(archivedSchema)
  .query(({ ctx, input }) => readArchived(ctx, input));
