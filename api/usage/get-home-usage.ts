import { readHomeUsage } from '../../shared/usage/server/home-usage.ts';
import { homeUsageRows } from '../../shared/usage/usage-csv.ts';
import { homeUsageInputSchema, homeUsageSchema } from '../../shared/usage/usage-schemas.ts';
import { procedure } from '../trpc.ts';

export const getHomeUsage = procedure('executions.read', {
  method: 'GET',
  path: '/api/usage/home',
  summary: 'Get what waits, what goes wrong and how much is done, compared with the period before',
  tags: ['usage'],
  csv: homeUsageRows,
})
  .input(homeUsageInputSchema)
  .output(homeUsageSchema)
  .query(({ ctx, input }) => readHomeUsage(ctx, input));
