import { readConnector } from '../../shared/tools/server/read-connectors.ts';
import { restoreConnector } from '../../shared/tools/server/write-connector.ts';
import { connectorViewSchema } from '../../shared/tools/tool-schemas.ts';
import { byId, ifMatch, versionNumber } from '../common-inputs.ts';
import { procedure } from '../trpc.ts';
import { connectorState } from './connector-state.ts';

export const restoreConnectorVersion = procedure('connectors.write', {
  method: 'POST',
  path: '/api/connectors/{id}/versions/{version}/restore',
  summary: 'Make an old revision of a connector the new one',
  tags: ['connectors'],
  headers: { 'if-match': 'ifMatch' },
  state: connectorState,
})
  .input(byId.extend({ version: versionNumber, ifMatch }))
  .output(connectorViewSchema)
  .mutation(async ({ ctx, input: { id, version, ifMatch } }) => {
    await restoreConnector(ctx, id, version, { ifMatch });
    return readConnector(ctx, id);
  });
