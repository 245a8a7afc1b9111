import { readConnector } from '../../shared/tools/server/read-connectors.ts';
import { restoreArchivedConnector } from '../../shared/tools/server/write-connector.ts';
import { connectorViewSchema } from '../../shared/tools/tool-schemas.ts';
import { byId } from '../common-inputs.ts';
import { procedure } from '../trpc.ts';
import { connectorState } from './connector-state.ts';

export const unarchiveConnector = procedure('connectors.write', {
  method: 'POST',
  path: '/api/connectors/{id}/restore',
  summary: 'Restore an archived connector',
  tags: ['connectors'],
  state: connectorState,
  errors: [409],
})
  .input(byId)
  .output(connectorViewSchema)
  .mutation(async ({ ctx, input }) => {
    await restoreArchivedConnector(ctx, input.id);
    return readConnector(ctx, input.id);
  });
