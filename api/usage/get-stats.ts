import { readStats } from '../../shared/usage/server/read-stats.ts';
import { statsInputSchema, statsOutputSchema } from '../../shared/usage/stats-schemas.ts';
import { statsRows } from '../../shared/usage/usage-csv.ts';
import { procedure } from '../trpc.ts';

export const getStats = procedure('tools.read', {
  method: 'GET',
  path: '/api/stats',
  summary:
    'Count calls or runs in a span: success, percentiles of their time and failure codes, by hours or days',
  tags: ['usage'],
  csv: statsRows,
  errors: [404],
})
  .input(statsInputSchema)
  .output(statsOutputSchema)
  .query(({ ctx, input }) => readStats(ctx, input));
