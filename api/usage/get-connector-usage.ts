import { readConnectorUsage } from '../../shared/usage/server/tool-usage.ts';
import { toolUsageRows } from '../../shared/usage/usage-csv.ts';
import { connectorUsageSchema, usageInput } from '../../shared/usage/usage-schemas.ts';
import { byId } from '../common-inputs.ts';
import { procedure } from '../trpc.ts';

export const getConnectorUsage = procedure('connectors.read', {
  method: 'GET',
  path: '/api/usage/connectors/{id}',
  summary: 'Get how often a connector is called, how long that takes and what fails',
  tags: ['usage'],
  csv: toolUsageRows,
})
  .input(byId.extend(usageInput))
  .output(connectorUsageSchema)
  .query(({ ctx, input }) => readConnectorUsage(ctx, input));
