import { readConnectorVersions } from '../../shared/tools/server/connector-history.ts';
import { connectorVersionSchema } from '../../shared/tools/tool-schemas.ts';
import { byId, wholeList } from '../common-inputs.ts';
import { procedure } from '../trpc.ts';

export const listConnectorVersions = procedure('connectors.read', {
  method: 'GET',
  path: '/api/connectors/{id}/versions',
  summary: 'List every revision of a connector, newest first',
  tags: ['connectors'],
})
  .input(byId)
  .output(wholeList(connectorVersionSchema))
  .query(async ({ ctx, input }) => ({
    items: await readConnectorVersions(ctx, input.id),
    nextCursor: null,
  }));
