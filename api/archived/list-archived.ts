import { archivedInputSchema, archivedSchema } from '../../shared/archived/archived-schemas.ts';
import { archivedPage } from '../../shared/archived/server/read-archived.ts';
import { pageOf } from '../../shared/platform/page-schemas.ts';
import { procedure } from '../trpc.ts';

export const listArchived = procedure('archived.read', {
  method: 'GET',
  path: '/api/archived',
  summary: 'List what was archived, newest first',
  tags: ['archived'],
})
  .input(archivedInputSchema)
  .output(pageOf(archivedSchema))
  .query(({ ctx, input }) => archivedPage(ctx, input));
