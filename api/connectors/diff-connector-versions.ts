import { readConnectorDiff } from '../../shared/tools/server/connector-history.ts';
import { connectorDiffSchema } from '../../shared/tools/tool-schemas.ts';
import { byId, versionNumber } from '../common-inputs.ts';
import { procedure } from '../trpc.ts';

export const diffConnectorVersions = procedure('connectors.read', {
  method: 'GET',
  path: '/api/connectors/{id}/diff',
  summary: 'Compare two revisions of a connector, and what the change does to the tools that use it',
  tags: ['connectors'],
})
  .input(byId.extend({ from: versionNumber, to: versionNumber }))
  .output(connectorDiffSchema)
  .query(({ ctx, input }) => readConnectorDiff(ctx, input));
