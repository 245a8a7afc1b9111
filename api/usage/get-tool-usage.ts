import { readToolUsage } from '../../shared/usage/server/tool-usage.ts';
import { toolUsageRows } from '../../shared/usage/usage-csv.ts';
import { toolUsageSchema, usageInput } from '../../shared/usage/usage-schemas.ts';
import { byId } from '../common-inputs.ts';
import { procedure } from '../trpc.ts';

export const getToolUsage = procedure('tools.read', {
  method: 'GET',
  path: '/api/usage/tools/{id}',
  summary: 'Get how often a tool is called, how long that takes and what fails',
  tags: ['usage'],
  csv: toolUsageRows,
})
  .input(byId.extend(usageInput))
  .output(toolUsageSchema)
  .query(({ ctx, input }) => readToolUsage(ctx, input));
